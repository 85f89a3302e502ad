// A three.js scene as a video: the scene is rendered for each frame's own time, so none is dropped, however slow the machine is.
import { SequenceEncoder } from "framereel";
import {
  BoxGeometry,
  DirectionalLight,
  Mesh,
  MeshStandardMaterial,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from "three";

const [canvas, record, message, result] = ["canvas", "record", "message", "result"].map((id) =>
  document.getElementById(id),
);
const renderer = new WebGLRenderer({ canvas, antialias: true });
const scene = new Scene();
const camera = new PerspectiveCamera(50, canvas.width / canvas.height);
const box = new Mesh(new BoxGeometry(), new MeshStandardMaterial({ color: "#ffaa22" }));
const light = new DirectionalLight("white", 3);
camera.position.z = 3;
light.position.set(1, 2, 3);
scene.add(box, light);
renderer.render(scene, camera);

record.addEventListener("click", async () => {
  const fps = 30;
  const encoder = new SequenceEncoder({ width: canvas.width, height: canvas.height, fps });
  for (let frame = 0; frame < 2 * fps; frame++) {
    box.rotation.set(0, (Math.PI * frame) / fps, frame / fps);
    renderer.render(scene, camera);
    // In the same task as the rendering: WebGL forgets its pixels afterwards.
    await encoder.add(canvas);
    message.textContent = `${encoder.length} frames`;
  }
  const blob = await encoder.finish();
  result.src = URL.createObjectURL(blob);
  message.textContent = `${blob.size} bytes`;
});
