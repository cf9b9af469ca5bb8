// A dataset made on the spot: camera, video and clipboard, class by class, until it can be trained on.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "glasshouse-collect-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A camera that sees a moving square of one colour, in place of a real one. */
async function pretendCamera(page: Page): Promise<void> {
  await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 240];
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    let step = 0;
    setInterval(() => {
      step += 1;
      context.fillStyle = "teal";
      context.fillRect(0, 0, 320, 240);
      context.fillStyle = "orange";
      context.fillRect((step * 7) % 260, 90, 60, 60);
    }, 40);
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(25));
  });
}

/** Two seconds of film, as a browser records it. */
async function film(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [160, 120];
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const ended = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let i = 0; i < 50; i += 1) {
      context.fillStyle = `hsl(${i * 7} 80% 50%)`;
      context.fillRect(0, 0, 160, 120);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    recorder.stop();
    await ended;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  return Buffer.from(base64, "base64");
}

/** Pastes a green picture, as Ctrl+V does after copying one. */
async function paste(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
    context.fillStyle = "green";
    context.fillRect(0, 0, 40, 30);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob()], "image.png", { type: "image/png" }));
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
}

test("camera, video and clipboard fill three classes, which become a folder of files", async ({
  openFresh,
  accessible,
}) => {
  const page = await openFresh();
  const studio = new Studio(page);
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  await pretendCamera(page);
  const recorded = join(root, "turn.webm");
  writeFileSync(recorded, await film(page));

  await studio.main.getByRole("button", { name: "Take pictures" }).click();
  const dialog = page.getByRole("dialog", { name: "Make your own dataset" });
  const nextClass = dialog.getByRole("textbox", { name: "Class" });
  await nextClass.fill("mug");
  await dialog.getByRole("button", { name: "Start the camera" }).click();
  const shutter = dialog.getByRole("button", { name: "Take a picture of “mug”" });
  for (let i = 1; i <= 4; i += 1) {
    await shutter.click();
    await expect(dialog.getByRole("button", { name: new RegExp(`^mug ${i}$`) })).toBeVisible();
  }

  await nextClass.fill("plant");
  await dialog.getByRole("radio", { name: "Video" }).click();
  await dialog.getByLabel("Video", { exact: true }).setInputFiles(recorded);
  // The next class may be named while frames of this one are still being taken.
  await nextClass.fill("sky");
  await expect(dialog.getByRole("button", { name: "Choose a video of “sky”" })).toBeVisible();
  // Two a second; a busy computer films for longer than two seconds.
  const plants = dialog.getByRole("list", { name: "Latest of plant" }).getByRole("listitem");
  await expect.poll(() => plants.count()).toBeGreaterThan(2);
  await paste(page);
  await expect(dialog.getByRole("button", { name: /^sky 1$/ })).toBeVisible();
  await accessible("Make your own dataset");
  await paste(page);
  await expect(dialog.getByRole("button", { name: /^sky 2$/ })).toBeVisible();
  await dialog.getByRole("button", { name: "Remove picture 1 of sky" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: /^sky 1$/ })).toBeVisible();

  const use = dialog.getByRole("button", { name: /^Use \d+ pictures$/ });
  const count = /\d+/.exec((await use.textContent()) ?? "")?.[0];
  await use.click();
  await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText("3 classes");
  await expect(studio.slot("Items")).toHaveAccessibleName(new RegExp(` ${count} items`));
});

test("a camera that is refused says what to do, and nothing else changes", async ({ openFresh }) => {
  const page = await openFresh();
  const studio = new Studio(page);
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await studio.main.getByRole("button", { name: "Take pictures" }).click();
  const dialog = page.getByRole("dialog", { name: "Make your own dataset" });
  await dialog.getByRole("button", { name: "Start the camera" }).click();
  await expect(dialog).toContainText("Allow it beside the address");
  await expect(dialog.getByRole("button", { name: "Try again" })).toBeEnabled();
});
