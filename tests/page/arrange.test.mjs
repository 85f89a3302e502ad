// Arranging the images, by mouse, touch and keyboard: order, selection, copies, times of their own, and undo.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageHarness } from "./support/harness.mjs";
import { COLOURS, pictures } from "./support/pictures.mjs";
import { face, make, names, numbers, pick } from "./support/strip.mjs";
import { tapElement } from "./support/touch.mjs";
import { assertColour, coloursAt, videoFacts } from "./support/video.mjs";

const PHONE = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };

const here = pageHarness({ exactColours: true });

const frame = (page, number) => face(page, `frame${number}.png`);
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
const selected = (page) =>
  page.locator(".tile:has([aria-pressed=true]) .tile-name").evaluateAll((all) => all.map((name) => name.title));

/** The page with frame1 to frame`count`. */
async function opened(count, options) {
  const opening = await here.open(options);
  await pick(opening.page, pictures("png").slice(0, count).toReversed());
  await frame(opening.page, 1).waitFor();
  return opening;
}

/** Drags the picture of one image to the right or left half of another's. */
async function dragTo(page, from, to, half = "right") {
  const [start, end] = [await frame(page, from).boundingBox(), await frame(page, to).boundingBox()];
  await page.mouse.move(start.x + 60, start.y + 40);
  await page.mouse.down();
  await page.mouse.move(start.x + 70, start.y + 42, { steps: 3 });
  await page.mouse.move(end.x + (half === "right" ? end.width - 15 : 15), end.y + 40, { steps: 8 });
  assert.ok(await page.locator("#drop-mark").isVisible(), "no mark where the image would go");
  await page.mouse.up();
}

test("the mouse drags one image or all selected ones; new images go to the end; undo, redo and By name", async () => {
  const { page, context, complaints } = await opened(6);
  await dragTo(page, 1, 3);
  assert.deepEqual(await names(page), numbers(2, 3, 1, 4, 5, 6));
  assert.deepEqual(await selected(page), [], "the end of a drag selected the tile");
  await pick(page, [pictures("png")[6]], 7);
  assert.deepEqual(await names(page), numbers(2, 3, 1, 4, 5, 6, 7));

  await frame(page, 3).click();
  await frame(page, 4).click({ modifiers: ["Shift"] });
  await frame(page, 7).click({ modifiers: ["ControlOrMeta"] });
  assert.deepEqual(await selected(page), numbers(3, 1, 4, 7));
  await dragTo(page, 1, 2, "left");
  assert.deepEqual(await names(page), numbers(3, 1, 4, 7, 2, 5, 6));

  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepEqual(await names(page), numbers(2, 3, 1, 4, 5, 6, 7));
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  assert.deepEqual(await names(page), numbers(1, 2, 3, 4, 5, 6));
  await page.keyboard.press("ControlOrMeta+Shift+z");
  assert.deepEqual(await names(page), numbers(2, 3, 1, 4, 5, 6));
  await page.locator("#order").selectOption("name");
  assert.deepEqual(await names(page), numbers(1, 2, 3, 4, 5, 6));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the keyboard alone goes, selects, moves, copies, removes and takes back", async () => {
  const { page, context, complaints } = await opened(12);
  const keys = async (...list) => {
    for (const key of list) await page.keyboard.press(key);
  };
  await frame(page, 1).focus();
  await keys("ArrowRight", "ArrowRight");
  assert.equal(await focused(page), "frame3.png, 3 of 12");
  await keys("ArrowDown");
  assert.equal(await focused(page), "frame8.png, 8 of 12", "five to a row at this width");
  await keys("End");
  assert.equal(await focused(page), "frame12.png, 12 of 12");
  await keys("Home", "Alt+ArrowRight", "Alt+ArrowDown");
  assert.deepEqual((await names(page)).slice(0, 8), numbers(2, 3, 4, 5, 6, 7, 1, 8));
  assert.equal(await focused(page), "frame1.png, 7 of 12", "the focus stays with the moved image");
  assert.equal(await page.locator("#announcer").textContent(), "frame1.png, now 7 of 12.");
  await keys("ControlOrMeta+z", "ControlOrMeta+z");
  assert.deepEqual((await names(page)).slice(0, 3), numbers(1, 2, 3), "undo puts it back");

  await keys("Home", "Space", "Shift+ArrowRight");
  assert.deepEqual(await selected(page), numbers(1, 2));
  await keys("Alt+ArrowRight");
  assert.deepEqual((await names(page)).slice(0, 4), numbers(3, 1, 2, 4), "both move");
  await keys("ControlOrMeta+d");
  assert.deepEqual((await names(page)).slice(0, 6), numbers(3, 1, 2, 1, 2, 4));
  await keys("Delete");
  assert.deepEqual((await names(page)).slice(0, 4), numbers(3, 1, 2, 4), "the copies are gone");
  assert.equal(await focused(page), "frame4.png, 4 of 12", "the focus goes to the next image");
  await keys("ControlOrMeta+a");
  assert.equal(await page.locator("#selected-count").textContent(), "12 selected");
  await keys("Escape", "Tab");
  assert.equal(await focused(page), "Remove frame4.png");
  await keys("Enter");
  assert.deepEqual((await names(page)).slice(0, 4), numbers(3, 1, 2, 5));
  await keys("Tab", "Tab");
  const inside = await page.evaluate(() => document.querySelector("#strip").contains(document.activeElement));
  assert.equal(inside, false, "the images are two stops of the Tab key, not two hundred");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("on a touch screen taps select, the bar moves, copies and removes", async () => {
  const { page, context, complaints } = await opened(5, PHONE);
  await tapElement(page, frame(page, 2));
  await tapElement(page, page.getByRole("button", { name: "Move later" }));
  assert.deepEqual(await names(page), numbers(1, 3, 2, 4, 5));
  await tapElement(page, page.getByRole("button", { name: "Move earlier" }));
  await tapElement(page, page.getByRole("button", { name: "Move earlier" }));
  assert.deepEqual(await names(page), numbers(2, 1, 3, 4, 5));
  await tapElement(page, frame(page, 4));
  await tapElement(page, page.getByRole("button", { name: "Duplicate" }));
  assert.deepEqual(await names(page), numbers(2, 1, 3, 4, 2, 4, 5));
  await tapElement(page, page.locator("#remove"));
  assert.deepEqual(await names(page), numbers(2, 1, 3, 4, 5));
  assert.ok(await page.locator("#selection-bar").isHidden());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("on a touch screen a finger that rests on an image drags it, one that does not scrolls", async () => {
  const { page, context, complaints } = await opened(24, PHONE);
  const client = await context.newCDPSession(page);
  const touch = (type, x, y) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const swipe = async (from, to, rest) => {
    await touch("touchStart", from.x, from.y);
    await page.waitForTimeout(rest);
    for (let step = 1; step <= 10; step += 1) {
      await touch("touchMove", from.x + ((to.x - from.x) * step) / 10, from.y + ((to.y - from.y) * step) / 10);
      await page.waitForTimeout(20);
    }
    await touch("touchEnd");
  };
  const middle = async (number) => {
    const { x, y, width, height } = await frame(page, number).boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const scrolled = () => page.evaluate(() => scrollY + document.querySelector("#strip-scroller").scrollTop);
  await page.evaluate(() => document.querySelector("#list-head").scrollIntoView());

  const before = await scrolled();
  const third = await middle(3);
  await swipe(await middle(1), { x: third.x + 30, y: third.y }, 400);
  assert.deepEqual((await names(page)).slice(0, 4), numbers(2, 3, 1, 4));
  assert.equal(await scrolled(), before, "it scrolled with the drag");
  const fourth = await middle(5);
  await swipe(fourth, { x: fourth.x, y: fourth.y - 120 }, 0);
  await page.waitForFunction(
    (before) => scrollY + document.querySelector("#strip-scroller").scrollTop > before + 50,
    before,
  );
  assert.deepEqual((await names(page)).slice(0, 4), numbers(2, 3, 1, 4));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("seconds on an image stand beside the rate of all; backwards, there and back, and repeats reach the video", async () => {
  const { page, context, complaints } = await opened(3);
  await page.getByLabel("Frames per second").fill("2");
  await frame(page, 2).click();
  await page.locator("#tile-seconds").fill("1.5");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.locator(".tile-seconds-mark:visible").allTextContents(), ["1.5 s"]);
  await page.getByText("More", { exact: true }).click();
  await page.locator("[name=direction]").selectOption("boomerang");
  await page.getByLabel("Times in a row").fill("2");
  // 1 2 3 2, twice: 0.5 + 1.5 + 0.5 + 1.5 seconds each time.
  assert.match(await page.locator("#summary").textContent(), /^3 images, 8\.000 s/);
  await make(page);
  assert.equal((await videoFacts(page)).duration, 8);
  const shown = await coloursAt(page, [0.25, 1, 2.25, 3, 4.25, 7]);
  for (const [index, image] of [1, 2, 3, 2, 1, 2].entries()) {
    assertColour(shown[index], COLOURS[image - 1], 3, `moment ${index + 1}`);
  }
  await page.locator("[name=direction]").selectOption("reverse");
  await page.getByLabel("Times in a row").fill("1");
  const first = await page.locator("#player video").getAttribute("src");
  await page.click("#make");
  await page.waitForFunction((first) => {
    const src = document.querySelector("#player video")?.getAttribute("src");
    return src != null && src !== first;
  }, first);
  const [start] = await coloursAt(page, [0.25]);
  assertColour(start, COLOURS[2], 3, "the start of the reversed video");
  assert.deepEqual(complaints, []);
  await context.close();
});
