import { showClip } from "./app.js";

showClip(document.body);
