import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ClipMaker } from "./ClipMaker.jsx";

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <ClipMaker />
  </StrictMode>,
);
