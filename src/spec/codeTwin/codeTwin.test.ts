// The lesson's four notebooks as recipes give the notebooks' own code.
import { describe, expect, it } from "vitest";
import type { Recipe } from "../recipe";
import { RECIPES } from "../recipes";
import { fastaiV1 } from "./v1";
import { fastaiV2 } from "./v2";

const recipe = (name: string): Recipe => RECIPES[name] as Recipe;
const block = (code: string): string[] => code.split("\n");
const imdb: Recipe = {
  ...recipe("photos"),
  data: {
    ...recipe("photos").data,
    source: { kind: "files", hint: "imdb" },
    items: { kind: "textFiles", folder: "" },
    labels: { kind: "parentFolder" },
    split: { kind: "folder", train: "train", valid: "test" },
    batchSize: 48,
  },
};

describe("fastai v1", () => {
  it("Planet", () => {
    const code = block(fastaiV1(recipe("planet")));
    expect(code.slice(0, 9)).toEqual([
      "from fastai.vision import *",
      "",
      "path = Path('planet')",
      "tfms = get_transforms(flip_vert=True, max_zoom=1.05, max_lighting=0.1, max_warp=0.)",
      "src = (ImageList.from_csv(path, 'train_v2.csv', cols='image_name', folder='train-jpg', suffix='.jpg')",
      "    .split_by_rand_pct(0.2, seed=42)",
      "    .label_from_df(cols='tags', label_delim=' '))",
      "data = (src.transform(tfms, size=128, resize_method=ResizeMethod.SQUISH)",
      "    .databunch(bs=64).normalize(imagenet_stats))",
    ]);
    expect(code).toContain(
      "learn = cnn_learner(data, models.resnet50, metrics=[partial(accuracy_thresh, thresh=0.2), partial(fbeta, thresh=0.2, beta=2)], wd=0.01)",
    );
    expect(code).toContain("learn.fit_one_cycle(5, slice(1e-05, 0.002))");
    expect(code).toContain("learn.data = (src.transform(tfms, size=256, resize_method=ResizeMethod.SQUISH)");
  });

  it("CamVid", () => {
    const code = block(fastaiV1(recipe("camvid")));
    expect(code).toContain("codes = np.loadtxt(path/'codes.txt', dtype=str)");
    expect(code).toContain("get_mask = lambda x: path/f'labels/{x.stem}_P.png'");
    expect(code).toContain("src = (SegmentationItemList.from_folder(path/'images')");
    expect(code).toContain("    .split_by_fname_file('valid.txt', path=path)");
    expect(code).toContain("    .label_from_func(get_mask, classes=codes))");
    expect(code.find((line) => line.startsWith("data = "))).toContain("size=(360, 480)");
    expect(code.find((line) => line.startsWith("data = "))).toContain("tfm_y=True");
    expect(code.find((line) => line.startsWith("learn = "))).toMatch(/^learn = unet_learner\(data, models\.resnet34, metrics=\[acc_camvid/); // prettier-ignore
  });

  it("CamVid with another class that does not count, by its number, or with none", () => {
    const code = (none: string): string =>
      fastaiV1({ ...recipe("camvid"), metrics: [{ kind: "accCamvid", void: none }, { kind: "dice" }] });
    expect(code("Void")).toContain("void_code = list(codes).index('Void')\n");
    expect(code("11")).toContain("void_code = 11\n");
    expect(code("")).not.toContain("void_code");
    expect(code("")).toContain("    return (input.argmax(dim=1) == target).float().mean()\n");
    expect(code("")).toContain("metrics=[acc_camvid, dice]");
  });

  it("head pose", () => {
    const code = block(fastaiV1(recipe("headpose")));
    expect(code).toContain("is_valid = lambda x: x.parent.name in {'13'}");
    expect(code).toContain("src = (PointsItemList.from_folder(path)");
    expect(code).toContain("    .split_by_valid_func(is_valid)");
    expect(code).toContain("    .label_from_func(get_centre))");
    expect(code).toContain("    x, y, z = np.genfromtxt(path/f'{x.parent.relative_to(path)}/{x.stem[:-4]}_pose.txt', skip_header=3)"); // prettier-ignore
  });

  it("a head that pools over places, in both versions", () => {
    const lesson = recipe("headpose");
    const head = { lin: [64], dropout: 0, grid: 3, yRange: [-1.1, 1.1] as [number, number] };
    const grid = { ...lesson, model: { ...lesson.model, head } };
    for (const line of [
      "head = create_head(3**2 * 2 * num_features_model(create_body(models.resnet34)), data.c, lin_ftrs=[64], ps=0)",
      "head[0] = AdaptiveConcatPool2d(3)",
      "learn = cnn_learner(data, models.resnet34, custom_head=head, ",
    ])
      expect(fastaiV1(grid)).toContain(line);
    expect(fastaiV2(grid)).toContain("head = create_head(3**2 * num_features_model(create_body(resnet34())), get_c(dls), lin_ftrs=[64], ps=0, y_range=(-1.1, 1.1))"); // prettier-ignore
    expect(fastaiV2(grid)).toContain("learn = vision_learner(dls, resnet34, custom_head=head, ");
    expect(fastaiV1(lesson)).not.toContain("custom_head");
  });

  it("what is unusual about a head, where the learner takes it and where it does not", () => {
    const lesson = recipe("planet");
    const code = (head: Partial<typeof lesson.model.head>) => {
      const changed = { ...lesson, model: { ...lesson.model, head: { ...lesson.model.head, ...head } } };
      return { v1: fastaiV1(changed), v2: fastaiV2(changed) };
    };
    const smaller = code({ lin: [64, 32], dropout: 0.1, concatPool: false, bnFinal: true });
    for (const text of [smaller.v1, smaller.v2])
      expect(text).toMatch(/_learner\(.*, lin_ftrs=\[64, 32\], ps=0\.1, bn_final=True, concat_pool=False, /);
    const plain = code({ bnFirst: false });
    expect(plain.v2).toMatch(/vision_learner\(dls, resnet50, first_bn=False, /);
    expect(plain.v1).toContain(
      "head = create_head(2 * num_features_model(create_body(models.resnet50)), data.c, lin_ftrs=[512], ps=0.5)\ndel head[2]\nlearn = cnn_learner(data, models.resnet50, custom_head=head, ",
    );
    const places = code({ bnFirst: false, grid: 2 });
    expect(places.v1).toContain("head[0] = AdaptiveConcatPool2d(2)\ndel head[2]\n");
    expect(places.v2).toContain("ps=0.5, first_bn=False)\nhead[0] = AdaptiveConcatPool2d(2)\n");
  });

  it("IMDB", () => {
    expect(block(fastaiV1(imdb))).toEqual([
      "from fastai.text import *",
      "",
      "path = Path('imdb')",
      "src = (TextList.from_folder(path)",
      "    .split_by_folder(train='train', valid='test')",
      "    .label_from_folder())",
      "data = src.databunch(bs=48)",
      "",
    ]);
  });
});

describe("fastai v2", () => {
  it("Planet", () => {
    const code = fastaiV2(recipe("planet"));
    expect(block(code).slice(0, 13)).toEqual([
      "from fastai.vision.all import *",
      "",
      "path = Path('planet')",
      "df = pd.read_csv(path/'train_v2.csv')",
      "block = DataBlock(",
      "    blocks=(ImageBlock, MultiCategoryBlock),",
      "    get_x=ColReader('image_name', pref=str(path/'train-jpg') + '/', suff='.jpg'),",
      "    get_y=ColReader('tags', label_delim=' '),",
      "    splitter=RandomSplitter(valid_pct=0.2, seed=42),",
      "    item_tfms=Resize(128, method='squish'),",
      "    batch_tfms=[*aug_transforms(flip_vert=True, max_zoom=1.05, max_lighting=0.1, max_warp=0.), Normalize.from_stats(*imagenet_stats)],",
      ")",
      "dls = block.dataloaders(df, bs=64)",
    ]);
  });

  it.each([
    ["camvid", ["blocks=(ImageBlock, MaskBlock(codes))", "splitter=FileSplitter(path/'valid.txt')", "get_y=get_mask", "unet_learner(dls, resnet34"]],
    ["headpose", ["blocks=(ImageBlock, PointBlock)", "splitter=FuncSplitter(is_valid)", "get_y=lambda x: get_centre(x).flip(0)"]],
  ])("%s", (name, parts) => {
    const code = fastaiV2(recipe(name));
    for (const part of parts) expect(code).toContain(part);
  }); // prettier-ignore

  it("IMDB", () => {
    const code = fastaiV2(imdb);
    expect(code).toContain("blocks=(TextBlock.from_folder(path), CategoryBlock)");
    expect(code).toContain("splitter=GrandparentSplitter(train_name='train', valid_name='test')");
  });
});

it("names and patterns cannot leave their quotes", () => {
  const evil = "a'); import os; os.system('x";
  const odd: Recipe = { ...imdb, data: { ...imdb.data, source: { kind: "files", hint: evil } } };
  expect(fastaiV1(odd)).toContain("path = Path('a\\'); import os; os.system(\\'x')");
});

it("says what fastai does otherwise: channels beyond three, and turned pictures", () => {
  const photos = RECIPES["photos"] as Recipe;
  const labels = { kind: "pointsFile", template: "{folder}/{stem}.pts", order: "xy", frame: "upright" } as const;
  const banded = fastaiV1({ ...photos, data: { ...photos.data, channels: 5 } });
  const turned = fastaiV1({ ...photos, task: "points", data: { ...photos.data, labels } });
  expect(banded).toContain("# fastai opens three channels: read 5 with a function of your own");
  expect(turned).toContain("# fastai does not turn pictures upright");
  expect(fastaiV1(photos)).not.toContain("# fastai");
});
