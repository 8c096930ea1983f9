"""The client: one class, made of the methods of each subject."""

from cloudsim.runtime.client.client import Client as Client
