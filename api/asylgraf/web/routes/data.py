"""GET /data and /changes.atom: the graph as files to keep, and what changed in it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.errors import UnknownThing
from asylgraf.namespaces import BASE
from asylgraf.service.news import News, news
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter(tags=["data"])

ATOM = "http://www.w3.org/2005/Atom"
_SHOWN = 100


@router.get("/data", operation_id="downloads")
def data(request: Request) -> Response:
    """The files to download, each with its size and checksum: a page or JSON."""
    site, view = site_of(request), site_of(request).view(request)
    if media_of(request, (HTML, JSON)) == HTML:
        files = [*site.downloads.values(), *site.releases]
        return site.page("data.html", view, files=files, version=site.graph.digest[:12])
    told = [
        {
            "name": f.name,
            "mediaType": f.media,
            "bytes": len(f.content),
            "sha256": f.sha256,
            "meaning": f.meaning,
        }
        for f in (*site.downloads.values(), *site.releases)
    ]
    return JSONResponse({"version": site.graph.digest, "files": told}, headers={"vary": "accept"})


@router.get("/data/SHA256SUMS", operation_id="checksums")
def checksums(request: Request) -> Response:
    """The checksums of all files, as `sha256sum --check` reads them."""
    site = site_of(request)
    lines = (f"{file.sha256}  {file.name}\n" for file in (*site.downloads.values(), *site.releases))
    return Response("".join(lines), media_type="text/plain")


@router.get("/data/{name}", operation_id="download")
def download(request: Request, name: str) -> Response:
    """One of the files."""
    site = site_of(request)
    found = {file.name: file for file in (*site.releases, *site.downloads.values())}.get(name)
    if found is None:
        raise UnknownThing(f"There is no file “{name[:60]}” here; /data lists them.", where="name")
    tag = f'"{found.sha256[:32]}"'
    headers = {"etag": tag, "cache-control": "public, max-age=86400"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media, headers=headers)


@router.get("/changes.atom", operation_id="changes")
def changes(request: Request) -> Response:
    """What acts changed in the law and what was corrected, newest record first, as an Atom feed."""
    site, view = site_of(request), site_of(request).view(request)
    told = news(site.graph, view.language, view.known)[:_SHOWN]
    feed = _feed(site, view, str(request.base_url).rstrip("/"), told)
    body = ET.tostring(feed, encoding="unicode", xml_declaration=False)
    return Response('<?xml version="1.0" encoding="utf-8"?>\n' + body, media_type="application/atom+xml")


def _feed(site: Site, view: View, here: str, told: list[News]) -> ET.Element:
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": view.language})
    latest = max((one.recorded_on for one in told), default=view.today)
    for name, text in (("id", BASE + "changes"), ("title", "Asylgraf"), ("updated", f"{latest}T00:00:00Z")):
        ET.SubElement(feed, name).text = text
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = "Asylgraf"
    ET.SubElement(feed, "generator", version=site.graph.digest[:12]).text = "Asylgraf"
    ET.SubElement(feed, "link", rel="self", href=f"{here}{view.here()}")
    for one in told:
        _entry(feed, here, view, one)
    return feed


def _entry(feed: ET.Element, here: str, view: View, one: News) -> None:
    entry = ET.SubElement(feed, "entry")
    updated = f"{one.recorded_on}T00:00:00Z"
    for name, text in (("id", one.iri), ("title", one.title), ("updated", updated), ("summary", one.text)):
        ET.SubElement(entry, name).text = text
    for number, iri in enumerate(one.about):
        rel = "alternate" if not number else "related"
        ET.SubElement(entry, "link", rel=rel, href=here + view.href(iri))
