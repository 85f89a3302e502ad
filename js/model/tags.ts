/** What a file says of itself, as its boxes have it. */
export interface MovieTags {
  title?: string;
  artist?: string;
  comment?: string;
  /** Seconds since the beginning of 1904, UTC. */
  created?: number;
}
