"""How the page looks beyond what all pages share, and the script that has the plots drawn.

The script takes the plots out of a block of data, gives them the colours of the page, and draws them anew when the
scheme changes. Without it the tables say the same.
"""

from typing import Final

from cloudsim.scenario.page.looks import BASE

STYLE: Final = (
    BASE
    + """.findings{list-style:none;padding:0;margin:.5rem 0;display:grid;gap:.4rem}
.findings li{border-left:5px solid var(--line);background:var(--panel);border-radius:.35rem;padding:.45rem .8rem;
overflow-wrap:anywhere;max-width:110ch}
.findings .good{border-color:var(--good)}.findings .good::before{content:"✓ ";color:var(--good);font-weight:700}
.findings .bad{border-color:var(--bad)}.findings .bad::before{content:"✗ ";color:var(--bad);font-weight:700}
.findings .unsure{border-color:var(--warn)}.findings .unsure::before{content:"! ";color:var(--warn);font-weight:700}
.tag{font-size:.78rem;font-weight:600;border:1px solid;border-radius:1rem;padding:0 .55rem;white-space:nowrap}
.met{color:var(--good);background:var(--goodback)}.broken{color:var(--bad);background:var(--badback)}
.scroll{overflow-x:auto}
.part>.note{max-width:110ch}
td small{display:block;color:var(--soft);font-size:.74rem;white-space:nowrap}
.number{white-space:nowrap}th.number{white-space:normal;overflow-wrap:anywhere;min-width:7rem}
.plain td:first-child{overflow-wrap:anywhere;min-width:9rem}
.plain tbody tr:hover{background:var(--panel)}
details{margin:.3rem 0}summary{cursor:pointer;color:var(--soft);padding:.2rem 0}
.origins code{overflow-wrap:anywhere}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,34rem),1fr));gap:1rem}
.plot{margin:0;border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem .4rem;min-width:0}
.plot h3{overflow-wrap:anywhere}.plot figcaption{color:var(--soft);font-size:.85rem;min-height:2.6em}
.canvas{height:21rem;min-width:0}
"""
)

DATA: Final = "plot-data"
"""The id of the block of data."""

SCRIPT: Final = """
"use strict";
{
  const plots = JSON.parse(document.getElementById("plot-data").textContent);
  const page = () => getComputedStyle(document.documentElement);
  const coloured = (value, style) => {
    if (typeof value === "string") return value.startsWith("var:") ? style.getPropertyValue(value.slice(4)) : value;
    if (Array.isArray(value)) return value.map((one) => coloured(one, style));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, style)]));
  };
  const dressed = (layout, style) => {
    const names = ["--ink", "--soft", "--line", "--panel"];
    const [ink, soft, line, paper] = names.map((name) => style.getPropertyValue(name));
    const axis = {gridcolor: line, linecolor: line, tickcolor: line, automargin: true};
    const whole = {
      font: {family: "system-ui, sans-serif", size: 12.5, color: ink}, paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)", margin: {l: 56, r: 12, t: 8, b: 48}, hovermode: "closest",
      legend: {orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: {color: ink}},
      hoverlabel: {bgcolor: paper, bordercolor: soft, font: {color: ink}}, modebar: {color: soft, activecolor: ink},
      ...layout,
    };
    for (const name of ["xaxis", "yaxis"]) whole[name] = {...axis, ...layout[name]};
    return coloured(whole, style);
  };
  const config = {responsive: true, displaylogo: false, displayModeBar: false};
  const draw = () => {
    const style = page();
    for (const plot of plots) {
      const place = document.getElementById("plot-" + plot.name);
      Plotly.react(place, coloured(plot.data, style), dressed(plot.layout, style), config);
    }
  };
  document.getElementById("plots").hidden = false;
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
"""
