"use client";
// A client component: rendered once on the server as well, so framereel is imported there again.
import { useEffect, useRef } from "react";
import { showClip } from "../src/app.js";

export function Clip() {
  const place = useRef(null);
  useEffect(() => {
    showClip(place.current);
  }, []);
  return <div ref={place} />;
}
