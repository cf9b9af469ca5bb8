// Without a WebGPU adapter the studio says so and trains on the processor, and nothing breaks unseen.
import { watchFaults } from "./fixtures/faults";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test("without a WebGPU adapter the studio says that it is slow, and trains all the same", async ({
  browserWithoutWebGpu,
  site,
}) => {
  const context = await browserWithoutWebGpu.newContext();
  const faults = watchFaults(context);
  const page = await context.newPage();
  const studio = new Studio(page);
  await page.goto(site.url);
  expect(await page.evaluate(() => navigator.gpu.requestAdapter())).toBeNull();
  await studio.trySample(/shapes/i);
  await expect(studio.main).toContainText("No usable WebGPU here, so the processor does the work.");
  await expect(page.getByRole("button", { name: "Processor only · slow" })).toBeVisible();
  await studio.train();
  await expect(studio.progress).toContainText(/batch ([2-9]|\d\d)\/22 .* loss \d/, { timeout: 120_000 });
  expect(faults.take()).toEqual([]);
  await context.close();
});
