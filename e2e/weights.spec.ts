// Weights people have: what fits is shown and asked about, what does not or must not be read is refused, encoders come on a click.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { distFolder } from "./fixtures/folders";
import { startHubServer, type HubServer } from "./fixtures/hubServer";
import { resnetWeights, torchCheckpoint } from "./fixtures/torchFile";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";
import { serve } from "../scripts/serve.mjs";
import { writeSafetensors } from "../src/formats/safetensors/writeSafetensors";
import { hubPath } from "../src/spec/hub";

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "glasshouse-weights-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The body of the sample's network, as DataParallel would save it. */
const mini = () => new Map([...resnetWeights({ width: 8, blocks: 1, kernel: 3 })].map(([name, tensor]) => [`module.${name}`, tensor])); // prettier-ignore

function file(name: string, content: Buffer): string {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
}

async function withSample(openFresh: () => Promise<Page>): Promise<Studio> {
  const studio = new Studio(await openFresh());
  await studio.trySample(/shapes/i);
  return studio;
}

test("a .pth whose body fits is shown tensor by tensor, and its head starts fresh only after a yes", async ({
  openFresh,
  drop,
  accessible,
}) => {
  const studio = await withSample(openFresh);
  await drop(file("shapes.pth", torchCheckpoint(mini())));
  const fit = studio.main.getByRole("region", { name: "How shapes.pth fits" });
  await expect(fit).toContainText("The body fits");
  await expect(fit).toContainText("Found under “state_dict” in the checkpoint.");
  await expect(fit).toContainText("nothing changed yet");
  await fit.getByRole("radio", { name: /^Missing/ }).click();
  await expect(fit.getByRole("row", { name: /^1\.8\.weight/ })).toBeVisible();
  await accessible("model, weights proposed");
  await fit.getByRole("button", { name: "Take the body, start a new head" }).click();
  await expect(fit).toContainText("in use");
  const weights = studio.main.getByRole("region", { name: "Starting weights" });
  await expect(weights).toContainText("Starts from shapes.pth");
  await expect(weights).toContainText("Probably trained on pictures normalised as ImageNet, and so are yours.");
  await accessible("model, weights in use");
});

test("a .pth of another network changes nothing, and the table says why", async ({ openFresh, drop }) => {
  const studio = await withSample(openFresh);
  const other = new Map([["decoder.weight", { shape: [40, 8], data: new Float32Array(320) }]]);
  await drop(file("words.pt", torchCheckpoint(other)));
  const fit = studio.main.getByRole("region", { name: "How words.pt fits" });
  await expect(fit).toContainText("Nothing in this file fits the body of ResNet mini.");
  await fit.getByRole("radio", { name: "Not used 1" }).click();
  await expect(fit.getByRole("row", { name: /^decoder\.weight/ })).toContainText("Not used");
  await fit.getByRole("button", { name: "Leave it" }).click();
  await expect(fit).toBeHidden();
  await expect(studio.main.getByRole("region", { name: "Starting weights" })).toContainText(
    "Starts from random numbers",
  );
});

test("a hostile pickle is refused by the name of what it calls, and never run", async ({ openFresh, drop }) => {
  const studio = await withSample(openFresh);
  await drop(join(import.meta.dirname, "../src/testing/badinputs/pth/hostile_os_system.pth"));
  await expect(studio.messages).toContainText("The weight file cannot be read.");
  await expect(studio.messages).toContainText("posix.system");
});

test("weights with NaN are refused unless they are forced", async ({ openFresh, drop }) => {
  const studio = await withSample(openFresh);
  const tensors = mini();
  tensors.get("module.conv1.weight")!.data[3] = Number.NaN;
  await drop(file("broken.pth", torchCheckpoint(tensors)));
  await expect(studio.messages).toContainText("broken.pth holds NaN or infinity in one tensor");
  await studio.messages.getByRole("button", { name: "Take them all the same" }).click();
  const fit = studio.main.getByRole("region", { name: "How broken.pth fits" });
  await fit.getByRole("button", { name: "Take the body, start a new head" }).click();
  await expect(fit).toContainText("in use");
});

test.describe("the catalogue", () => {
  let hub: HubServer;
  let site: Awaited<ReturnType<typeof serve>>;
  let content: Buffer;
  test.beforeAll(async () => {
    content = Buffer.from(await writeSafetensors(resnetWeights({ width: 64, blocks: 2, kernel: 7 })).arrayBuffer());
    hub = await startHubServer(content);
    // The site as GLASSHOUSE_HUB builds it: another address in the code and in the policy.
    const folder = join(root, "site");
    cpSync(distFolder, folder, { recursive: true });
    for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((one) =>
      /\.(js|html)$/.test(one),
    )) {
      const text = readFileSync(join(folder, path), "utf8");
      writeFileSync(join(folder, path), text.replaceAll("https://huggingface.co", hub.url));
    }
    site = await serve({ mounts: { "/": folder } });
  });
  test.afterAll(async () => {
    await site.close();
    await hub.close();
  });

  test("an encoder is fetched on a click, stopped, gone on with, hashed, used, and there without the hub", async ({
    browser,
  }) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto(`${site.origin}/`);
    const studio = new Studio(page);
    await studio.trySample(/shapes/i);
    await studio.go("Model");
    const card = studio.main.getByRole("region", { name: "Pretrained encoders" });
    const entry = card.getByRole("listitem", { name: "ResNet-18" });
    await expect(entry).toContainText("timm/resnet18.tv_in1k");
    await expect(entry).toContainText("BSD-3-Clause");
    expect(hub.log).toEqual([]);

    await card.getByText("Airgap: fetch nothing").click();
    await expect(entry.getByRole("button", { name: "Fetch ResNet-18" })).toHaveAttribute("aria-disabled", "true");
    await card.getByText("Airgap: fetch nothing").click();

    await entry.getByRole("button", { name: "Fetch ResNet-18" }).click();
    await expect(entry.getByRole("progressbar", { name: "Fetching ResNet-18" })).toBeVisible();
    await expect(entry).toContainText(/[1-9][\d.]* MB of/);
    await entry.getByRole("button", { name: "Stop fetching ResNet-18" }).click();
    await expect(entry).toContainText("stopped, goes on from here");
    await entry.getByRole("button", { name: "Go on fetching ResNet-18" }).click();
    const hash = createHash("sha256").update(content).digest("hex");
    await expect(entry).toContainText(hash);
    // Two plain GETs of one address, the second for the rest; no data, no cookie.
    const path = hubPath("timm/resnet18.tv_in1k");
    expect(hub.log[0]).toBe(`GET ${path} - 0 -`);
    expect(hub.log[1]).toMatch(new RegExp(`^GET ${path} bytes=[1-9]\\d*- 0 -$`));
    expect(hub.log).toHaveLength(2);

    await entry.getByRole("button", { name: "Use ResNet-18" }).click();
    await expect(studio.main.getByRole("radio", { name: /^ResNet-18/ })).toBeChecked();
    await expect(studio.main.getByRole("region", { name: "How timm/resnet18.tv_in1k fits" })).toContainText("in use");
    await page.reload();
    await studio.go("Model");
    await expect(entry).toContainText(hash);
    expect(hub.log).toHaveLength(2);
    await context.close();
  });

  test("neither page nor workers reach anything else on the hub's host, nor any other host", async ({ browser }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.origin}/`);
    await expect.poll(() => page.workers().length).toBeGreaterThan(0);
    const before = hub.log.length;
    const reach = (url: string) => fetch(url, { method: "POST", body: "secret", mode: "no-cors" }).then(() => "sent", () => "blocked"); // prettier-ignore
    const other = await startHubServer(Buffer.alloc(10));
    for (const url of [`${hub.url}/anything`, `${hub.url}/timm2/x`, `${other.url}/timm/x`]) {
      expect([url, await page.evaluate(reach, url)]).toEqual([url, "blocked"]);
      for (const worker of page.workers()) expect([url, await worker.evaluate(reach, url)]).toEqual([url, "blocked"]);
    }
    expect(hub.log.length).toBe(before);
    expect(other.log).toEqual([]);
    await other.close();
    await context.close();
  });
});

test("points by a body without batch-norm: the head is offered to take the features as they are", async ({
  openFresh,
  accessible,
}) => {
  const studio = new Studio(await openFresh());
  await studio.trySample(/head poses/i);
  await studio.go("Model");
  const offer = studio.main.getByRole("button", { name: "Take them as they are" });
  const pooling = studio.main.getByRole("button", { name: /Pool over$/ });
  await studio.main.getByRole("radio", { name: /^SqueezeNet/ }).check({ force: true });
  await pooling.click();
  await studio.page.getByRole("option", { name: "3 × 3 places" }).click();
  await expect(offer).toBeVisible();
  const norms = studio.main.getByRole("region", { name: "Layers of Head" }).getByRole("cell", { name: "BatchNorm1d" });
  await expect(norms).toHaveCount(2);
  await accessible("Model, with a head that may blow features up");
  await offer.press("Enter");
  await expect(offer).toBeHidden();
  await expect(norms).toHaveCount(1);
});
