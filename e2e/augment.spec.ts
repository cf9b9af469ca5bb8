// Varying one's own picture: sliders show at once, presets fill the list, the plan climbs the ladder of sizes.
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test("a person tries augmentations out on a picture, takes a preset, and adds a rung of the size ladder", async ({
  openFresh,
  accessible,
}) => {
  const page = await openFresh();
  const studio = new Studio(page);
  await studio.trySample(/shapes/i);
  await studio.slot("Transforms").click();
  const panel = studio.main.getByRole("region", { name: "One picture, varied" });
  const pictures = panel.getByRole("list", { name: "The picture, varied" });
  await expect(pictures.getByRole("img")).toHaveCount(9);
  await accessible("one picture, varied");

  await panel.getByRole("radio", { name: "Eight ways" }).click();
  await expect(pictures.getByRole("img", { name: "mirrored", exact: true })).toBeVisible();
  await expect(pictures.getByRole("img")).toHaveCount(8);

  await panel.getByRole("radio", { name: "Each alone" }).click();
  await expect(pictures.getByRole("img", { name: "Rotate 10", exact: true })).toBeVisible();
  const form = studio.main.getByRole("region", { name: "Transforms" });
  await form.getByRole("button", { name: /^Rotate/ }).first().click(); // prettier-ignore
  const angle = form.getByRole("slider", { name: /Largest angle/ });
  await angle.press("End");
  await expect(pictures.getByRole("img", { name: "Rotate 180", exact: true })).toBeVisible();

  await form.getByRole("button", { name: /Preset$/ }).click();
  await page.getByRole("option", { name: /^Satellite/ }).click();
  await expect(pictures.getByText("Flip and quarter turn, as a turn")).toBeVisible();
  await expect(form.getByRole("button", { name: /Preset$/ })).toContainText("Satellite");

  const ladder = form.getByRole("region", { name: "Size ladder" });
  await ladder.getByRole("button", { name: "Then 64 px" }).click();
  await expect(ladder.getByText("4 × the work")).toBeVisible();
  await studio.go("Train");
  await expect(studio.main.getByText("Resize to 64 px").first()).toBeVisible();
});
