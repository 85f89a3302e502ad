import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ImageSource } from "../model/sources.js";
import { assignSlots, type Shot } from "./slots.js";

const sources: ImageSource[] = ["a.png", "b.png", "c.gif", "d.gif"];
/** The last two are animations, of which any frame may be wanted. */
const shots: fc.Arbitrary<Shot[]> = fc.array(
  fc.tuple(fc.nat(3), fc.nat(9)).map(([at, frame]) => {
    const shot: Shot = { source: sources[at] as ImageSource, imageIndex: at };
    return at < 2 ? shot : { ...shot, frame };
  }),
  { minLength: 1, maxLength: 40 },
);

test("each picture has one slot, and no slot two pictures", () => {
  fc.assert(
    fc.property(shots, (group) => {
      const { slots } = assignSlots(group);
      const pictures = group.map(({ source, frame }) => `${source}#${frame ?? ""}`);
      assert.equal(slots.length, group.length);
      for (const [a, slot] of slots.entries()) {
        for (const [b, other] of slots.entries()) assert.equal(slot === other, pictures[a] === pictures[b]);
      }
    }),
  );
});

test("an animation's frames lie from the first to the last one wanted, in slots of its own", () => {
  fc.assert(
    fc.property(shots, (group) => {
      const { parts, slots } = assignSlots(group);
      const taken = new Set<number>();
      for (const { slot, frames } of parts.values()) {
        for (let at = 0; at < (frames?.count ?? 1); at++) {
          assert.ok(!taken.has(slot + at));
          taken.add(slot + at);
        }
      }
      for (const [at, { source, frame }] of group.entries()) {
        const part = parts.get(source);
        assert.ok(part);
        if (frame !== undefined) assert.equal(slots[at], part.slot + frame - (part.frames?.first ?? Number.NaN));
      }
    }),
  );
});
