// Draws one satellite tile from its description: ground, then what lies on it, then the weather.
import type { Rng } from "../../base/rng";
import type { Ground, Scene, Weather } from "./scene";

type Context = OffscreenCanvasRenderingContext2D;
type Layer = (context: Context, size: number, rng: Rng) => void;

const between = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.uniform();

/** Speckles of slightly different tones: canopy, soil, crops. */
function speckle(context: Context, size: number, rng: Rng, count: number, tone: () => string): void {
  for (let i = 0; i < count; i += 1) {
    context.fillStyle = tone();
    context.beginPath();
    context.arc(size * rng.uniform(), size * rng.uniform(), between(rng, 0.6, 2.4), 0, 7);
    context.fill();
  }
}

/** A line that wanders from one side of the tile to the other. */
function wander(context: Context, size: number, rng: Rng, width: number, colour: string, sway: number): void {
  const upright = rng.uniform() < 0.5;
  const start = between(rng, 0.15, 0.85);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  for (let i = -1, at = start; i <= 9; i += 1, at += between(rng, -sway, sway)) {
    const [along, across] = [(i / 8) * size, at * size];
    context.lineTo(upright ? across : along, upright ? along : across);
  }
  context.stroke();
}

const GROUND: Readonly<Record<Ground, Layer>> = {
  primary: (context, size, rng) => {
    context.fillStyle = `hsl(${between(rng, 118, 140)} 34% ${between(rng, 15, 21)}%)`;
    context.fillRect(0, 0, size, size);
    speckle(context, size, rng, 520, () => `hsl(${between(rng, 108, 145)} 36% ${between(rng, 12, 27)}%)`);
  },
  bare_ground: (context, size, rng) => {
    const radius = size * between(rng, 0.22, 0.34);
    context.fillStyle = `hsl(${between(rng, 20, 34)} 38% ${between(rng, 52, 62)}%)`;
    context.beginPath();
    const [x, y] = [size * between(rng, 0.3, 0.7), size * between(rng, 0.3, 0.7)];
    for (let i = 0; i < 12; i += 1) {
      const [angle, reach] = [(i / 12) * 2 * Math.PI, radius * between(rng, 0.7, 1.2)];
      context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    context.fill();
  },
  agriculture: (context, size, rng) => {
    context.save();
    context.translate(size * between(rng, 0.2, 0.5), size * between(rng, 0.2, 0.5));
    context.rotate(between(rng, -0.5, 0.5));
    const cell = size * between(rng, 0.2, 0.28);
    for (let row = 0; row < 3; row += 1)
      for (let column = 0; column < 3; column += 1) {
        if (rng.uniform() < 0.15) continue;
        context.fillStyle = `hsl(${between(rng, 52, 92)} ${between(rng, 34, 52)}% ${between(rng, 40, 60)}%)`;
        context.fillRect(column * cell, row * cell, cell * 0.94, cell * 0.94);
        context.fillStyle = "rgb(60 70 20 / 0.25)";
        for (let line = 0; line < cell; line += 4) context.fillRect(column * cell, row * cell + line, cell * 0.94, 1.4);
      }
    context.restore();
  },
  cultivation: (context, size, rng) => {
    for (let i = 0; i < 9; i += 1) {
      context.fillStyle = `hsl(${between(rng, 66, 84)} 62% ${between(rng, 52, 66)}%)`;
      context.beginPath();
      const [x, y] = [size * rng.uniform(), size * rng.uniform()];
      context.ellipse(x, y, between(rng, 3, 6), between(rng, 2, 4), between(rng, 0, 3), 0, 7);
      context.fill();
    }
  },
  water: (context, size, rng) => {
    const width = size * between(rng, 0.1, 0.2);
    wander(context, size, rng, width, `hsl(${between(rng, 200, 222)} 42% ${between(rng, 24, 36)}%)`, 0.13);
  },
  road: (context, size, rng) => wander(context, size, rng, size * 0.03, "hsl(32 30% 76%)", 0.035),
  habitation: (context, size, rng) => {
    const [x, y] = [size * between(rng, 0.15, 0.6), size * between(rng, 0.15, 0.6)];
    for (let i = 0; i < 22; i += 1) {
      const roofs = ["#d9d4cf", "#b9563f", "#8f8f98", "#efe9e0"];
      context.fillStyle = roofs[rng.below(roofs.length)] as string;
      context.fillRect(x + between(rng, 0, size * 0.34), y + between(rng, 0, size * 0.34), 3, 3);
    }
  },
};

/** What lies below comes first. */
const ORDER: readonly Ground[] = [
  "primary",
  "bare_ground",
  "agriculture",
  "cultivation",
  "water",
  "road",
  "habitation",
];

function cloud(context: Context, x: number, y: number, radius: number, strength: number): void {
  const puff = context.createRadialGradient(x, y, 0, x, y, radius);
  puff.addColorStop(0, `rgb(250 250 252 / ${strength})`);
  puff.addColorStop(0.6, `rgb(246 247 250 / ${strength * 0.75})`);
  puff.addColorStop(1, "rgb(246 247 250 / 0)");
  context.fillStyle = puff;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}

const WEATHER: Readonly<Record<Weather, Layer>> = {
  clear: () => {},
  partly_cloudy: (context, size, rng) => {
    for (let i = 0; i < 7; i += 1)
      cloud(context, size * rng.uniform(), size * rng.uniform(), size * between(rng, 0.1, 0.22), 0.95);
  },
  haze: (context, size, rng) => {
    context.fillStyle = `rgb(206 214 226 / ${between(rng, 0.5, 0.62)})`;
    context.fillRect(0, 0, size, size);
  },
  cloudy: (context, size, rng) => {
    context.fillStyle = `hsl(215 12% ${between(rng, 76, 88)}%)`;
    context.fillRect(0, 0, size, size);
    for (let i = 0; i < 10; i += 1)
      cloud(context, size * rng.uniform(), size * rng.uniform(), size * between(rng, 0.2, 0.5), 0.5);
  },
};

/** Draws the tile over the whole canvas. */
export function drawScene(context: Context, scene: Scene, size: number, rng: Rng): void {
  context.fillStyle = `hsl(${between(rng, 70, 92)} 26% ${between(rng, 34, 42)}%)`;
  context.fillRect(0, 0, size, size);
  speckle(context, size, rng, 240, () => `hsl(${between(rng, 64, 96)} 26% ${between(rng, 30, 48)}%)`);
  for (const ground of ORDER) if (scene.ground.has(ground)) GROUND[ground](context, size, rng);
  WEATHER[scene.weather](context, size, rng);
}
