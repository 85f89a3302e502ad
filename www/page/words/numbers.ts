/** Bytes in decimal units, as file managers and download lists show them: "312 kB", "4.2 MB". Alike in every language. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  const megabytes = bytes / 1e6;
  if (megabytes < 99.95) return `${megabytes.toFixed(1)} MB`;
  return megabytes < 999.5 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`;
}

/** At most three decimals, none where they are zero. */
export function shortNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** A remaining time in the roughness people want it: "5 s", "2 min", "1 h 5 min". */
export function duration(seconds: number, units: { hours: string; minutes: string; seconds: string }): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} ${units.seconds}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} ${units.minutes}`;
  return `${Math.floor(minutes / 60)} ${units.hours} ${minutes % 60} ${units.minutes}`;
}
