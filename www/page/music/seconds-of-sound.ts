/** Seconds of a sound file as this browser's player knows them; null where it cannot play it. */
export function secondsOfSound(file: File): Promise<number | null> {
  const address = URL.createObjectURL(file);
  const player = document.createElement("audio");
  const known = new Promise<number | null>((resolve) => {
    player.addEventListener("loadedmetadata", () => {
      const { duration } = player;
      resolve(Number.isFinite(duration) && duration > 0 ? duration : null);
    });
    player.addEventListener("error", () => resolve(null));
  });
  player.preload = "metadata";
  player.src = address;
  return known.finally(() => {
    player.removeAttribute("src");
    URL.revokeObjectURL(address);
  });
}
