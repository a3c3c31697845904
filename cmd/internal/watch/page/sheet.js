// Pictures: sheets of small images, drawn with gaps between them.
import { toBytes } from './base.js';

// read decodes a sheet to the bytes of its images, one after the other: one for a grey
// pixel, three for one in colour.
export async function read(sheet) {
  const img = new Image();
  img.src = 'data:image/png;base64,' + sheet.png;
  await img.decode();
  const c = new OffscreenCanvas(img.width, img.height).getContext('2d', { willReadFrequently: true });
  c.drawImage(img, 0, 0);
  const data = c.getImageData(0, 0, img.width, img.height).data;
  const { count, columns, height, width, channels = 1 } = sheet, images = [];
  for (let i = 0; i < count; i++) {
    const b = new Uint8Array(height * width * channels), x = (i % columns) * width, y = Math.floor(i / columns) * height;
    for (let j = 0; j < height * width; j++) {
      const at = 4 * ((y + Math.floor(j / width)) * img.width + x + (j % width));
      for (let k = 0; k < channels; k++) b[channels * j + k] = data[at + k];
    }
    images.push(b);
  }
  return { images, height, width };
}

// cut cuts the bytes of an answer into images.
export function cut(text, count) {
  const all = toBytes(text), n = all.length / count;
  return Array.from({ length: count }, (_, i) => all.subarray(i * n, (i + 1) * n));
}

const grey = (v) => [v, v, v];

// signed shows weights: none is the panel's shade, the sign has a colour.
export function signed() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const none = dark ? [23, 26, 32] : [250, 249, 246], plus = dark ? [255, 150, 90] : [196, 60, 10], minus = dark ? [90, 165, 255] : [25, 90, 190];
  return (v) => {
    const t = Math.min(1, Math.abs(v - 128) / 127) ** 0.8, to = v < 128 ? minus : plus;
    return none.map((n, i) => n + t * (to[i] - n));
  };
}

// draw lays images out in so many columns.
export function draw(canvas, images, height, width, columns, shade = grey, scale = 3) {
  const gap = Math.max(1, Math.round(width / 28)), lines = Math.ceil(images.length / columns);
  const w = columns * (width + gap) - gap, h = lines * (height + gap) - gap;
  const small = new OffscreenCanvas(w, h).getContext('2d');
  images.forEach((b, i) => {
    if (b) small.putImageData(pixels(b, height, width, shade), (i % columns) * (width + gap), Math.floor(i / columns) * (height + gap));
  });
  canvas.width = w * scale;
  canvas.height = h * scale;
  const c = canvas.getContext('2d');
  c.imageSmoothingEnabled = false;
  c.drawImage(small.canvas, 0, 0, w * scale, h * scale);
}

// pixels draws an image; what is in colour has its own shades.
function pixels(b, height, width, shade) {
  const data = new ImageData(width, height), coloured = b.length === 3 * height * width;
  for (let j = 0; j < height * width; j++) {
    const [r, g, l] = coloured ? b.subarray(3 * j, 3 * j + 3) : shade(b[j]);
    data.data.set([r, g, l, 255], 4 * j);
  }
  return data;
}

// one draws an image by itself, pixel by pixel.
export function one(canvas, b, height, width) {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').putImageData(pixels(b, height, width, grey), 0, 0);
}
