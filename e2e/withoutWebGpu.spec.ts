// Without a WebGPU adapter the studio still opens, and nothing breaks unseen.
import { watchFaults } from "./fixtures/faults";
import { expect, test } from "./fixtures/test";

test("the studio opens in a browser without a WebGPU adapter", async ({ browserWithoutWebGpu, site }) => {
  const context = await browserWithoutWebGpu.newContext();
  const faults = watchFaults(context);
  const page = await context.newPage();
  await page.goto(site.url);
  expect(await page.evaluate(() => navigator.gpu.requestAdapter())).toBeNull();
  await expect(page.getByRole("heading").first()).toBeVisible();
  expect(faults.take()).toEqual([]);
  await context.close();
});
