"""How pages look, and the small script of this one. Nothing is said by colour alone: letters and shapes say it too."""

from typing import Final

BASE: Final = """
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6676;--paper:#fff;--panel:#f6f7f9;--line:#dde1e7;--good:#12733b;
--goodback:#e3f5e9;--bad:#b3261e;--badback:#fdeceb;--warn:#7a5200;--warnback:#fff4dc;--mark:#ffd54a;--markback:#fff3c4;
--fill:90%;--edge:42%;--boxink:18%;--names:12rem}
@media (prefers-color-scheme:dark){:root{--ink:#e4e8ee;--soft:#9aa5b5;--paper:#14181f;--panel:#1c222b;--line:#323b48;
--good:#7fd8a0;--goodback:#14301f;--bad:#ff9a92;--badback:#3a1a19;--warn:#ffcf70;--warnback:#33270f;--mark:#c79a1d;
--markback:#3a3010;--fill:24%;--edge:62%;--boxink:92%}}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--paper);font:15px/1.5 system-ui,sans-serif}
header,main,footer{max-width:96rem;margin:auto;padding:0 1.5rem}
header{padding-top:1.5rem}
footer{color:var(--soft);padding:2rem 1.5rem}
h1{font-size:1.8rem;margin:0}h2{font-size:1.3rem;margin:2.5rem 0 .6rem}h3{font-size:1.05rem;margin:0 0 .5rem}
h4{font-size:.95rem;margin:0 0 .4rem}
p{margin:.4rem 0;max-width:75ch}.again{max-width:none}
code,.journal,.name,.box{font-family:ui-monospace,"DejaVu Sans Mono",monospace}
code{font-size:.85em}
.summary,.note,dt,.time,.detail{color:var(--soft)}
.note{font-size:.85rem}
.verdict{display:flex;flex-wrap:wrap;gap:.8rem;margin:1rem 0}
.verdict>div{border:1px solid;border-left-width:6px;border-radius:.5rem;padding:.7rem 1rem}
.verdict p{margin:.1rem 0 0;font-size:.9rem;color:var(--ink)}
.state{font-size:1.3rem;font-weight:700;display:flex;align-items:center}
.reach{flex:1 1 24rem;font-size:1.1rem}
.reach strong{text-transform:uppercase;letter-spacing:.05em}
.ok,.proved{color:var(--good);background:var(--goodback)}
.bad{color:var(--bad);background:var(--badback)}
.bounded{color:var(--warn);background:var(--warnback);border-style:dashed!important}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:.8rem 0}
dl,dd{margin:0}dt{font-size:.78rem}dd{font-variant-numeric:tabular-nums}
.command{display:inline-flex;max-width:100%;gap:.4rem;align-items:center;vertical-align:middle}
.command code{background:var(--panel);border:1px solid var(--line);border-radius:.3rem;padding:.15rem .5rem;
overflow-x:auto;white-space:nowrap;scrollbar-width:thin}
.copy{font:inherit;font-size:.75rem;border:1px solid var(--line);border-radius:.3rem;background:var(--paper);
color:var(--soft);cursor:pointer}
.ways>div{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:center;margin:.2rem 0}
.ways dt{width:13rem}.ways dd{min-width:0;flex:1}
table{border-collapse:collapse}
th{text-align:left;font-weight:600;font-size:.8rem;color:var(--soft)}
td,th{padding:.3rem 1rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.number{text-align:right;font-variant-numeric:tabular-nums}
"""
"""What every page has: colours of both schemes, text, verdicts, facts, commands, plain tables."""

STYLE: Final = (
    BASE
    + """.tally{width:100%;table-layout:fixed}.tally th:nth-child(1){width:15rem}.tally th:nth-child(2){width:5rem}
.tally th:nth-child(4){width:26rem}
.share{white-space:nowrap;font-variant-numeric:tabular-nums}
.bar{display:inline-block;width:8.5rem;height:.8rem;border-radius:.2rem;background:var(--panel);
margin-right:.6rem;overflow:hidden}
.fill{display:block;height:100%;min-width:2px;background:var(--good)}.outcome.wrong .fill{background:var(--bad)}
.tag{font-size:.72rem;font-weight:600;border:1px solid;border-radius:1rem;padding:0 .5rem;
color:var(--good);margin-right:.3rem}
.outcome.wrong .tag{color:var(--bad)}
summary{cursor:pointer;color:var(--soft);font-size:.9rem;padding:.3rem 0}
.failure{border:1px solid var(--line);border-left:6px solid var(--bad);border-radius:.5rem;
padding:1rem 1.2rem;margin:0 0 1.2rem}
.whats{margin:0;padding-left:1.2rem}
.what pre{margin:.2rem 0;font-size:.8rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.what strong{color:var(--bad)}
.warning{color:var(--warn);font-weight:600}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.4rem;margin-top:.8rem}
.grid{display:grid;grid-auto-rows:auto;gap:3px 3px;padding-bottom:6px;min-width:min-content}
.lane{display:contents}
.cover{position:sticky;left:0;z-index:3;background:var(--paper)}
.name,.name.head{position:sticky;left:0;z-index:4}
.name{background:var(--paper);padding:.25rem .6rem;font-size:.78rem;align-self:stretch;
border-right:1px solid var(--line);overflow-wrap:anywhere;display:flow-root}
.thread .name{border-left:5px solid hsl(var(--h) 60% var(--edge));font-weight:700}
.head,.time{position:relative;z-index:2}
.head{text-align:center;font-size:.78rem;font-variant-numeric:tabular-nums;padding-top:.3rem}
.name.head{text-align:left;color:var(--soft);font-family:inherit}
.head.deciding{font-weight:800}.flag{color:var(--warn);margin-left:.2rem;font-style:normal}
.time{text-align:center;font-size:.7rem}
.title{font-size:.72rem;color:var(--soft);text-transform:uppercase;letter-spacing:.06em;padding:.5rem 0 0}
.title span{position:sticky;left:.6rem;z-index:4}
.stripe{background:var(--panel);border-radius:.2rem}
.span{align-self:center;height:4px;border-radius:2px;background:hsl(var(--h) 60% var(--edge));opacity:.55}
.mark{background:var(--markback);border:2px solid var(--mark);border-width:0 2px;z-index:1}
.box,.touch{position:relative;z-index:2;border-radius:.25rem;--edgecolour:hsl(var(--h) 60% var(--edge));
background:hsl(var(--h) 65% var(--fill));border:1.5px solid var(--edgecolour);color:hsl(var(--h) 40% var(--boxink))}
.box{font-size:.68rem;line-height:1.2;padding:.35rem .3rem;text-align:center;min-height:2.4rem;display:flow-root;
overflow-wrap:anywhere;align-self:center}
.box small{display:block;opacity:.8}
.box.other{border-style:dotted;font-style:italic}
.box.deciding{outline:3px solid var(--mark);outline-offset:0}
.touch{font-size:.7rem;font-weight:700;text-align:center;line-height:1.25rem;height:1.4rem;align-self:center}
.touch.read{background:transparent}
.touch.add{border-style:dashed}
.touch.write{background:var(--edgecolour);color:var(--paper)}
.lit{box-shadow:0 0 0 2px var(--ink)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.82rem;max-width:none}
.legend i{display:inline-block;vertical-align:middle;font-style:normal;margin-right:.3rem}
.legend .touch{width:1.6rem}
.swatch{width:.9rem;height:.9rem;border-radius:.2rem;background:hsl(var(--h) 60% var(--edge))}
.detail{font-size:.85rem;min-height:1.5em;max-width:none;overflow-wrap:anywhere}
.beside{display:grid;grid-template-columns:minmax(16rem,1fr) minmax(0,2.2fr);gap:1rem 2rem;margin-top:.8rem}
@media (max-width:40rem){:root{--names:8rem}.ways dt{width:100%}
.line{grid-template-columns:1.6rem 3rem 5.5rem minmax(0,1fr)}}
@media (max-width:60rem){.beside{grid-template-columns:minmax(0,1fr)}}
@media (max-width:60rem){.tally thead{display:none}
.tally tr{display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem;
border-bottom:1px solid var(--line);padding:.4rem 0}.tally td{border:0;padding:0;min-width:0;text-align:left}
.tally td:nth-child(n+3){grid-column:1/-1}}
.why{padding-left:0;list-style:none;margin:0;max-height:34rem;overflow:auto}
.why li{cursor:pointer;border-left:4px solid var(--mark);padding-left:.7rem;margin-bottom:.6rem}
.why code{overflow-wrap:anywhere}
.journal{list-style:none;margin:0;padding:0;font-size:.74rem;line-height:1.5;max-height:32rem;overflow:auto;
border:1px solid var(--line);border-radius:.4rem}
.line{display:grid;grid-template-columns:2.2rem 4.8rem 8.5rem minmax(0,1fr);gap:.6rem;padding:0 .5rem}
.line .step{text-align:right;color:var(--soft)}.line .at{color:var(--soft)}.said{overflow-wrap:anywhere}
.who{border-left:4px solid hsl(var(--h,0) 60% var(--edge));padding-left:.4rem;overflow-wrap:anywhere}
.who:empty{border-color:transparent}
.line.deciding{background:var(--markback)}.line.lit{box-shadow:inset 0 0 0 1px var(--ink)}
.columns{display:flex;flex-wrap:wrap;gap:1.5rem 3rem}
.c0{--h:212}.c1{--h:28}.c2{--h:150}.c3{--h:285}.c4{--h:340}.c5{--h:185}.c6{--h:55}.c7{--h:250}
"""
)

SCRIPT: Final = """
"use strict";
for (const failure of document.querySelectorAll(".failure")) {
  const detail = failure.querySelector(".detail");
  const light = (event) => {
    const at = event.target.closest("[data-step]");
    if (!at) return;
    for (const lit of failure.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const one of failure.querySelectorAll("[data-step]"))
      if (one.dataset.step === at.dataset.step) one.classList.add("lit");
    const box = failure.querySelector(".box.lit");
    if (detail && box) detail.textContent = box.title;
  };
  failure.addEventListener("mouseover", light);
  failure.addEventListener("focusin", light);
  const scroll = failure.querySelector(".scroll");
  const go = (step) => {
    const head = scroll.querySelector(`.head[data-step="${step}"]`);
    const names = scroll.querySelector(".cover").offsetWidth;
    if (head) scroll.scrollLeft = head.offsetLeft - (names + scroll.clientWidth - head.offsetWidth) / 2;
    const line = failure.querySelector(`.lines > .journal > [data-step="${step}"]`);
    if (line) line.parentElement.scrollTop = line.offsetTop - line.parentElement.offsetTop - 60;
  };
  const first = scroll && scroll.querySelector(".mark");
  if (first && first.offsetLeft + first.offsetWidth > scroll.clientWidth) go(first.dataset.mark);
  failure.addEventListener("click", (event) => {
    const at = event.target.closest(".why [data-step], .box, .head");
    if (at) go(at.dataset.step);
  });
}
if (navigator.clipboard) for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = "copied";
  });
}
"""
