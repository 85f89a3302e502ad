import react from "@vitejs/plugin-react";

// Nothing in here is for framereel: Vite finds its worker and wasm file by itself.
export default { plugins: [react()] };
