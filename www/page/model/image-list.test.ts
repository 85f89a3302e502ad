import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ImageList } from "./image-list.ts";

const incoming = (path: string, lastModified = 0) => ({ path, file: new File(["x"], path, { lastModified }) });
const names = (list: ImageList) => list.items.map((item) => item.name);
const newList = () => new ImageList((file) => file.lastModified);

type Action = (list: ImageList, chosen: ReadonlySet<number>, place: number) => void;

/** What a user may do to the images chosen, or with a place between them. */
const ACTIONS: readonly Action[] = [
  (list, _, place) => list.add([incoming(`picture${place}.png`, place), incoming(`folder/a${place}.png`)]),
  (list, chosen) => list.remove(chosen),
  (list, chosen, place) => list.move(chosen, place % (list.items.length + 1)),
  (list, chosen) => list.duplicate(chosen),
  (list, chosen, place) => list.setSeconds(chosen, place + 1),
  (list) => list.sort("name"),
  (list) => list.sort("date"),
  (list) => list.reverse(),
];

const step = fc.record({
  action: fc.constantFrom(...ACTIONS),
  chosen: fc.array(fc.nat(), { maxLength: 4 }),
  place: fc.nat(20),
});
const steps = fc.array(step, { maxLength: 30 });

/** Does a step on whichever images its numbers mean. */
function take(list: ImageList, { action, chosen, place }: { action: Action; chosen: number[]; place: number }): void {
  const { items } = list;
  action(list, new Set(chosen.flatMap((at) => items[at % items.length]?.id ?? [])), place);
}

test("undo goes back through every state to the empty list, and redo forward again", () => {
  fc.assert(
    fc.property(steps, (given) => {
      const list = newList();
      const states = [list.items];
      const record = () => states.push(list.items);
      list.addEventListener("change", record);
      for (const each of given) take(list, each);
      list.removeEventListener("change", record);
      const last = states.length - 1;
      for (let at = last - 1; at >= 0; at--) {
        list.undo();
        assert.deepEqual(list.items, states[at]);
      }
      assert.deepEqual([list.items, list.canUndo], [[], false]);
      for (let at = 1; at <= last; at++) {
        list.redo();
        assert.deepEqual(list.items, states[at]);
      }
      assert.equal(list.canRedo, false);
    }),
  );
});

test("every place has an id of its own, whatever is done", () => {
  fc.assert(
    fc.property(steps, (given) => {
      const list = newList();
      for (const each of given) {
        take(list, each);
        assert.equal(new Set(list.items.map((item) => item.id)).size, list.items.length);
      }
    }),
  );
});

test("moving takes nothing away, keeps the order of what moves and of what stays, and puts it together at the place", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.nat(11)), fc.nat(12), (length, chosen, place) => {
      const list = newList();
      list.add(Array.from({ length }, (_, at) => incoming(`${at}.png`)));
      const before = list.items;
      const moves = (at: number) => chosen.includes(at);
      const index = Math.min(place, length);
      const ids = new Set(before.filter((_, at) => moves(at)).map((item) => item.id));
      list.move(ids, index);
      const at = [...before.keys()];
      const expected = [
        ...at.filter((each) => each < index && !moves(each)),
        ...at.filter(moves),
        ...at.filter((each) => each >= index && !moves(each)),
      ];
      assert.deepEqual(
        names(list),
        expected.map((each) => `${each}.png`),
      );
    }),
  );
});

test("new images go where the order says, and to the end once the user has arranged the list", () => {
  const list = newList();
  list.add([incoming("b10.png"), incoming("b9.png")]);
  list.add([incoming("a.png")]);
  assert.deepEqual(names(list), ["a.png", "b9.png", "b10.png"]);
  list.reverse();
  list.add([incoming("b9a.png")]);
  assert.deepEqual(names(list), ["b10.png", "b9a.png", "b9.png", "a.png"]);
  list.move(new Set([list.items[3]?.id as number]), 0);
  assert.equal(list.order, "hand");
  list.add([incoming("b2.png"), incoming("b1.png")]);
  assert.deepEqual(names(list), ["a.png", "b10.png", "b9a.png", "b9.png", "b1.png", "b2.png"]);
});

test("an emptied list starts anew", () => {
  const list = newList();
  list.add([incoming("a.png"), incoming("b.png")]);
  list.reverse();
  list.remove(new Set(list.items.map((item) => item.id)));
  list.add([incoming("a.png"), incoming("b.png")]);
  assert.deepEqual(names(list), ["a.png", "b.png"]);
});
