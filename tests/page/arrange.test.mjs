// Changing the order of the images, and removing some: by mouse, touch and keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, servedPage } from "./support/browser.mjs";
import { pictures } from "./support/pictures.mjs";

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([servedPage(), launch()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const names = (page) => page.locator(".tile-name").allTextContents();
const numbers = (...list) => list.map((number) => `frame${number}.png`);
const face = (page, number) => page.getByRole("button", { name: `frame${number}.png`, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));

/** The page with frame1 to frame`count`. */
async function opened(count, options) {
  const opening = await openPage(browser, site.url, options);
  await opening.page.setInputFiles("#files", pictures("png").slice(0, count).toReversed());
  return opening;
}

test("dragging with the mouse changes the order, new images then go to the end, and Sort by name restores it", async () => {
  const { page, context, complaints } = await opened(5);
  const [from, to] = [await face(page, 1).boundingBox(), await face(page, 3).boundingBox()];
  await page.mouse.move(from.x + 60, from.y + 40);
  await page.mouse.down();
  await page.mouse.move(from.x + 70, from.y + 42, { steps: 3 });
  await page.mouse.move(to.x + to.width - 20, to.y + 40, { steps: 12 });
  await page.mouse.up();
  assert.deepEqual(await names(page), numbers(2, 3, 1, 4, 5));
  assert.equal(await page.locator("[aria-pressed=true]").count(), 0, "the end of a drag selected the tile");

  await page.setInputFiles("#files", pictures("png")[5]);
  assert.deepEqual(await names(page), numbers(2, 3, 1, 4, 5, 6));
  await page.getByRole("button", { name: "Sort by name" }).click();
  assert.deepEqual(await names(page), numbers(1, 2, 3, 4, 5, 6));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the keyboard alone selects, moves, puts back and removes", async () => {
  const { page, context, complaints } = await opened(12, { viewport: { width: 1280, height: 900 } });
  await face(page, 1).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "frame3.png");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "frame8.png", "five to a row at this width");
  await page.keyboard.press("End");
  assert.equal(await focused(page), "frame12.png");
  await page.keyboard.press("Home");

  await page.keyboard.press("Enter");
  assert.equal(await face(page, 1).getAttribute("aria-pressed"), "true");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  assert.deepEqual((await names(page)).slice(0, 8), numbers(2, 3, 4, 5, 6, 7, 1, 8));
  assert.equal(await focused(page), "frame1.png", "the focus stays with the moved image");
  assert.equal(await page.locator("#announcer").textContent(), "frame1.png, now 7 of 12.");
  await page.keyboard.press("Escape");
  assert.deepEqual((await names(page)).slice(0, 3), numbers(1, 2, 3), "Escape puts it back");
  assert.equal(await face(page, 1).getAttribute("aria-pressed"), "false");

  await page.keyboard.press("Delete");
  assert.deepEqual((await names(page)).slice(0, 2), numbers(2, 3));
  assert.equal(await focused(page), "frame2.png", "the focus goes to the next image");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Remove frame2.png");
  await page.keyboard.press("Enter");
  assert.deepEqual((await names(page)).slice(0, 2), numbers(3, 4));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the images are two stops of the Tab key, not two hundred", async () => {
  const { page, context, complaints } = await opened(24);
  await face(page, 1).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.querySelector("#strip").contains(document.activeElement));
  assert.equal(inside, false);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("on a touch screen a tap selects an image and its arrows move it", async () => {
  const { page, context, complaints } = await opened(4, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await face(page, 2).tap();
  await page.getByRole("button", { name: "Move later" }).tap();
  assert.deepEqual(await names(page), numbers(1, 3, 2, 4));
  await page.getByRole("button", { name: "Move earlier" }).tap();
  await page.getByRole("button", { name: "Move earlier" }).tap();
  assert.deepEqual(await names(page), numbers(2, 1, 3, 4));
  await page.getByRole("button", { name: "Remove frame1.png" }).tap();
  assert.deepEqual(await names(page), numbers(2, 3, 4));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("on a touch screen a finger that rests on an image drags it, one that does not scrolls", async () => {
  const { page, context, complaints } = await opened(12, {
    viewport: { width: 390, height: 500 },
    hasTouch: true,
    isMobile: true,
  });
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
    const { x, y, width, height } = await face(page, number).boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  };

  const third = await middle(3);
  await swipe(await middle(1), { x: third.x + 20, y: third.y }, 300);
  assert.deepEqual((await names(page)).slice(0, 4), numbers(2, 3, 1, 4));
  assert.equal(await page.evaluate(() => scrollY), 0, "the page scrolled with the drag");
  const fourth = await middle(4);
  await swipe(fourth, { x: fourth.x, y: fourth.y - 150 }, 0);
  await page.waitForFunction(() => scrollY > 50);
  assert.deepEqual((await names(page)).slice(0, 4), numbers(2, 3, 1, 4));
  assert.deepEqual(complaints, []);
  await context.close();
});
