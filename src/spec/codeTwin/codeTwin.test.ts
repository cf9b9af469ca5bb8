// The lesson's four notebooks as recipes give the notebooks' own code.
import { describe, expect, it } from "vitest";
import type { Recipe } from "../recipe";
import { RECIPES } from "../recipes";
import { fastaiV1 } from "./v1";
import { fastaiV2 } from "./v2";

/** A lesson's recipe with the pretrained encoder that the notebooks begin with. */
function recipe(name: string): Recipe {
  const own = RECIPES[name] as Recipe;
  return { ...own, model: { ...own.model, weights: { kind: "hub", id: "timm/resnet34.tv_in1k" } } };
}
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
    expect(code.find((line) => line.startsWith("learn.data = "))).toContain("size=(720, 960)");
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

  it("a table whose first column has no name is read by the column's number", () => {
    const items = { kind: "csvColumn", file: "points.csv", column: "column 1", folder: "images", suffix: "" } as const;
    const faces = { ...recipe("headpose"), data: { ...recipe("headpose").data, items } };
    // Its labels go by the picture's path, so the block is given paths and not rows.
    expect(fastaiV2(faces)).toContain("files = [path/'images'/f'{name}' for name in df.iloc[:, 0]]");
    expect(fastaiV2(faces)).toContain("dls = block.dataloaders(files, bs=");
    expect(fastaiV2(faces)).not.toContain("get_x");
    const tagged = { ...recipe("planet"), data: { ...recipe("planet").data, items } };
    expect(fastaiV2(tagged)).toContain("get_x=ColReader(0, pref=str(path/'images') + '/')");
    expect(fastaiV1(faces)).toContain("PointsItemList.from_csv(path, 'points.csv', cols=0, folder='images')");
  });

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

it("says what fastai does otherwise: channels beyond three, turned pictures, and networks of our own", () => {
  const photos = recipe("photos");
  const labels = { kind: "pointsFile", template: "{folder}/{stem}.pts", order: "xy", frame: "upright" } as const;
  const banded = fastaiV1({ ...photos, data: { ...photos.data, channels: 5 } });
  const turned = fastaiV1({ ...photos, task: "points", data: { ...photos.data, labels } });
  expect(banded).toContain("# fastai opens three channels: read 5 with a function of your own");
  expect(turned).toContain("# fastai does not turn pictures upright");
  const plain = { ...photos, model: { ...photos.model, arch: "resnet34" } };
  expect(fastaiV1(plain)).not.toContain("# ");
  expect(fastaiV1(photos)).toContain("# resnetMini is a small network of Glasshouse's own; resnet18 is the nearest in fastai.\nlearn = cnn_learner(data, models.resnet18, ");
  expect(fastaiV2(plain)).not.toContain("pretrained");
  const fresh = { ...plain, model: { ...plain.model, weights: { kind: "none" } as const } };
  expect(fastaiV2(fresh)).toContain(", pretrained=False)");
  const file = { ...plain, model: { ...plain.model, weights: { kind: "file", name: "birds.pth" } as const } };
  expect(fastaiV1(file)).toContain("# Here the weights start from the file 'birds.pth'.\nlearn = ");
}); // prettier-ignore

describe("files of numbers", () => {
  const photos = recipe("photos");
  const of = (data: Partial<Recipe["data"]>): Recipe => ({ ...photos, data: { ...photos.data, ...data } });
  const viridis = [
    { kind: "colours", map: "viridis" },
    { kind: "resize", size: 24, method: "squish" },
  ];

  it("are opened by a function of NumPy's, with black and white and the colour map of the recipe, in both versions", () => {
    const recipe = of({ range: [0, 30], transforms: viridis });
    const [v1, v2] = [fastaiV1(recipe, ["a/1.npy"]), fastaiV2(recipe, ["a/1.npy"])];
    for (const code of [v1, v2])
      for (const line of ["def read_array(file):", "    a = np.load(file)", "    low, high = 0, 30", "    a = plt.cm.viridis(a[..., 0])"])
        expect(block(code)).toContain(line);
    expect(v1).toContain("class Arrays(ImageList):\n    def open(self, fn): return Image(tensor(read_array(fn)).permute(2, 0, 1).float() / 255)");
    expect(v1).toContain("src = (Arrays.from_folder(path, extensions=['.npy'])");
    expect(v2).toContain("    get_items=lambda p: get_files(p, extensions=['.npy']),\n    get_x=read_array,\n");
  }); // prettier-ignore

  it("of several kinds are told apart by their endings, and stretched as they are here", () => {
    const code = fastaiV2(of({ range: [0, 1] }), ["a/1.npy", "b/2.TIF", "c/3.csv"]);
    expect(code).toContain("    if file.suffix.lower() in ['.npy']: a = np.load(file)\n    elif file.suffix.lower() in ['.tif']: a = tifffile.imread(file)\n    elif file.suffix.lower() in ['.csv']: a = np.loadtxt("); // prettier-ignore
    expect(code).toContain("import tifffile\n");
    expect(fastaiV2(of({}), ["a/1.csv"])).toContain("full = {'uint8': 255, 'uint16': 65535, 'bool': 1}.get(a.dtype.name)"); // prettier-ignore
    // Photographs as TIFFs need nothing.
    expect(fastaiV2(of({}), ["a/1.tif", "b/2.jpg"])).not.toContain("read_array");
  });

  it("of other channels than three widen the first convolution, which version 1 has to be told by hand", () => {
    const bands = fastaiV2(of({ channels: 5 }), ["a/1.npy"]);
    expect(bands).toContain("blocks=(TransformBlock(type_tfms=open_bands), CategoryBlock)");
    expect(bands).toContain("def open_bands(file, size=");
    expect(bands).toMatch(/learn = .*, n_in=5\)/);
    const grey = fastaiV2(of({ channels: 1 }), ["a/1.npy"]);
    expect(grey).toContain("blocks=(ImageBlock(cls=PILImageBW), CategoryBlock)");
    expect(grey).toContain("get_x=lambda x: read_array(x)[..., 0],");
    expect(fastaiV1(of({ channels: 5 }), ["a/1.npy"])).toContain("# The encoder's first convolution takes 3 channels: put one with 5 in its place (v2: n_in=5)."); // prettier-ignore
  });
});

describe("series", () => {
  const lesson = recipe("timeseries");
  const of = (items: object, transform: object = {}): Recipe => {
    const [first] = lesson.data.transforms;
    const data = { ...lesson.data, items: { ...lesson.data.items, ...items } as Recipe["data"]["items"] };
    return { ...lesson, data: { ...data, transforms: [{ kind: "seriesPicture", ...first, ...transform }] } };
  };

  it("are drawn into a folder by NumPy, with the fields that the recipe names and no other", () => {
    for (const code of [fastaiV1(lesson), fastaiV2(lesson)]) {
      expect(code.match(/^def \w+/gm)).toEqual(["def paa", "def unit", "def gasf", "def gadf", "def mtf", "def read_rows"]);
      expect(code).toContain("np.stack([gasf(v, 64), gadf(v, 64), mtf(v, 64)], -1)");
      expect(code).toContain("for file in ['OliveOil_TRAIN.tsv', 'OliveOil_TEST.tsv'] for row in read_rows(file)]");
    }
    expect(fastaiV1(lesson)).toContain("ImageList.from_df(df, path, folder='pictures', cols='picture')");
    expect(fastaiV2(lesson)).toContain("splitter=FuncSplitter(lambda row: is_valid(row['picture']))");
    const one = fastaiV2(of({}, { colours: "viridis", red: "recurrence", size: 40 }));
    expect(one).toContain("plt.cm.viridis(recurrence(v, 40))[..., :3]");
    expect(one).not.toContain("def gasf");
  }); // prettier-ignore

  it("of another length are left out or resized as the recipe says", () => {
    expect(fastaiV2(lesson)).toContain("rows = [(n, y, v) for n, y, v in rows if len(v) == length]");
    expect(fastaiV2(of({ otherLengths: "linear", length: 96 }))).toContain("length = 96\nrows = [(n, y, np.interp(");
    expect(fastaiV2(of({ otherLengths: "paa", length: 96 }))).toContain("rows = [(n, y, paa(v, length)) for n, y, v in rows]"); // prettier-ignore
    expect(fastaiV2(of({ label: "last" }))).toContain("label, cells = row[-1], row[:-1]");
  });
});

describe("masks and losses", () => {
  const camvid = recipe("camvid");
  const of = (labels: object, loss?: Recipe["train"]["loss"]): Recipe => ({
    ...camvid,
    data: { ...camvid.data, labels: { ...camvid.data.labels, ...labels } as Recipe["data"]["labels"] },
    train: { ...camvid.train, ...(loss && { loss }) },
  });

  it("read values, colours and missing masks by a function of their own", () => {
    const values = [{ from: 255, to: 1 }, { from: 0, to: 0 }, { from: 9, to: -1 }];
    const [v1, v2] = [fastaiV1(of({ values, missing: "Sky" })), fastaiV2(of({ values, missing: "Sky" }))];
    for (const code of [v1, v2]) {
      expect(code).toContain("for value, code in {255: 1, 0: 0}.items(): out[a == value] = code");
      expect(code).toContain("list(codes).index('Sky')");
      expect(code).toContain("ignore_index=255)");
    }
    expect(v1).toContain("class Pictures(SegmentationItemList): _label_cls = Masks");
    expect(v1).toContain("src = (Pictures.from_folder(path/'images')");
    expect(v2).toContain("get_y=read_mask,");
    expect(fastaiV2(of({ values: [{ from: "#ff0009", to: 1 }] }))).toContain("in {(255, 0, 9): 1}.items(): out[(a == value).all(-1)] = code"); // prettier-ignore
    expect(fastaiV2(camvid)).toContain("get_y=get_mask,");
  }); // prettier-ignore

  it("tell the loss where it is not fastai's own", () => {
    expect(fastaiV1(camvid)).not.toContain("loss_func");
    const weighted = { kind: "crossEntropy", classWeights: "1, 2.5", ignore: 11 };
    expect(fastaiV1(of({}, weighted))).toContain("loss_func=CrossEntropyFlat(axis=1, weight=tensor([1, 2.5]), ignore_index=11)"); // prettier-ignore
    expect(fastaiV2(of({}, weighted))).toContain("loss_func=CrossEntropyLossFlat(axis=1, weight=tensor([1, 2.5]), ignore_index=11)"); // prettier-ignore
    expect(fastaiV2(of({}, { kind: "focal", gamma: 2 }))).toContain("loss_func=FocalLossFlat(axis=1, gamma=2)");
    expect(fastaiV2(of({}, { kind: "crossEntropy", classWeights: "balanced" }))).toContain("# Here classes count by their rarity"); // prettier-ignore
    const heads = recipe("headpose");
    expect(fastaiV2({ ...heads, train: { ...heads.train, loss: { kind: "l1" } } })).toContain("loss_func=BaseLoss(nn.L1Loss, axis=-1, floatify=True, is_2d=False)"); // prettier-ignore
    expect(fastaiV1(heads)).not.toContain("loss_func");
  });
});
