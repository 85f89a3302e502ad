import type { Decoder } from "../model/choices.js";
import type { BlamedImage } from "../model/image-error.js";
import type { Timeline } from "../model/timeline.js";
import type { GroupSettings } from "../protocol/core.js";
import type { Step } from "../protocol/messages.js";

/** Settings of every group of a file: all but what decides about its bytes. */
export type PictureSettings = Omit<GroupSettings, "qp" | "rateFactor" | "bitrate">;

/** What all groups of a file have in common. */
export interface Plan {
  settings: PictureSettings;
  decoder: Decoder;
  /** Bytes that a worker takes at the most, as far as the images are known. */
  workerBytes: number;
}

/** Where the pictures of an encode come from: a clip knows them all, a sequence encoder's frames arrive one by one. */
export interface PictureSource {
  /** When samples are shown, as far as it is known. */
  readonly timeline: Timeline;
  /** Whether pictures arrive while they are being encoded: then the timeline is complete once `groups` has come to its end. */
  readonly live: boolean;
  /** Whether more pictures may arrive. */
  readonly growing: boolean;
  /** Groups that there are for sure, which is how many workers can have something to do. */
  readonly groupsKnown: number;
  /** Finds out what there is to encode, with the help of so many workers. */
  plan(workers: number): Promise<Plan>;
  /** The groups in order; the next may have to be waited for. */
  groups(): AsyncIterable<GroupPictures> | Iterable<GroupPictures>;
  /** Gives back what is held; for a source that others add to, `reason` is why nothing more is taken. */
  release(reason: unknown): void;
}

/** The pictures of one group: what one encoder encodes. */
export interface GroupPictures {
  /** Place of the group in the file, from 0. */
  readonly index: number;
  /** Number of its first sample. */
  readonly first: number;
  /** Whether the steps can be had again: not where their pixels are moved to the worker. */
  readonly repeatable: boolean;
  /** What to encode, in order; the next step may have to be waited for. */
  steps(): AsyncIterable<Step>;
  /** The image in a slot. */
  blame(slot: number | undefined): BlamedImage | undefined;
  /** So many images of the group were taken in by the worker. */
  onTaken?(count: number): void;
}
