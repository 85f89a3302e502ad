"""A cell for Jupyter: images as a video below the cell, made by the browser. Neither ffmpeg nor MoviePy is needed."""

import base64
import json
import uuid
from pathlib import Path

from IPython.display import HTML


def show_clip(paths, fps=24, width=360):
    """Show image files in this order, as MoviePy's ipython_display(width=360) shows a clip."""
    paths = [Path(path) for path in paths]
    images = json.dumps([[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths])
    place = f"clip-{uuid.uuid4().hex}"
    return HTML(f"""
<div id="{place}">Making the video…</div>
<script type="module">
  import {{ ImageSequenceClip }} from "https://cdn.jsdelivr.net/npm/framereel@0.1.0/dist/inline.js";

  const place = document.getElementById("{place}");
  const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const images = {images}.map(([name, text]) => new File([bytes(text)], name));
  try {{
    const clip = new ImageSequenceClip(images, {{ fps: {fps} }});
    place.replaceChildren(await clip.display({{ width: {width} }}));
  }} catch (error) {{
    place.textContent = error.message;
  }}
</script>""")


# show_clip(sorted(Path("frames").glob("*.png")), fps=24, width=360)
