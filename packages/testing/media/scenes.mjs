// The pictures: each scene is a function of a loop's time that gives a colour for every point (u, v) of the frame.

const mix = (a, b, t) => a + (b - a) * t
const blend = (a, b, t) => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)]
const smooth = (from, to, x) => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
const hex = (text) => [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16) / 255)
/** A colour from stops given as [position, colour], eased between them. */
const ramp = (stops) => (x) => {
  const after = stops.findIndex(([at]) => x <= at)
  if (after === -1) return stops[stops.length - 1][1]
  if (after === 0) return stops[0][1]
  const [[a, from], [b, to]] = [stops[after - 1], stops[after]]
  return blend(from, to, smooth(a, b, x))
}
const hash = (x, y) => {
  let h = Math.imul(x | 0, 374761393) + Math.imul(y | 0, 668265263)
  h = Math.imul(h ^ (h >>> 13), 1274126177)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967295
}
const noise = (x, y) => {
  const [i, j] = [Math.floor(x), Math.floor(y)]
  const [s, t] = [smooth(0, 1, x - i), smooth(0, 1, y - j)]
  return mix(mix(hash(i, j), hash(i + 1, j), s), mix(hash(i, j + 1), hash(i + 1, j + 1), s), t)
}
const layered = (x, y, octaves) => {
  let [sum, weight, scale] = [0, 0.5, 1]
  for (let i = 0; i < octaves; i++) {
    sum += weight * noise(x * scale + i * 17.3, y * scale - i * 9.1)
    weight /= 2
    scale *= 2.03
  }
  return sum
}
const turn = 2 * Math.PI

/** Curtains of northern light over a mountain lake at night. */
export function aurora({ aspect, time, pixel }) {
  const sky = ramp([[0, hex('#070b24')], [0.45, hex('#10214a')], [0.62, hex('#1d4a6b')], [0.7, hex('#2c6a7d')]])
  const wave = turn * time
  const ridge = (x, seed, height, rough) => 0.66 - height * layered(x * rough + seed, seed * 3.7, 5)
  const light = (x, y) => {
    let [green, violet] = [0, 0]
    for (let band = 0; band < 3; band++) {
      const bend = 0.16 * Math.sin(x * 2.1 + band * 2 + wave) + 0.1 * Math.sin(x * 4.3 - band + wave)
      const foot = 0.46 - band * 0.11 + bend
      const rays = 0.55 + 0.45 * noise(x * 16 + band * 40 + 1.5 * Math.sin(wave), band + 3)
      const above = foot - y
      const glow = above > 0 ? Math.exp(-above * (5 + band)) : Math.exp(above * 34)
      green += glow * rays * (0.62 - band * 0.14)
      violet += (above > 0 ? smooth(0, 0.34, above) * Math.exp(-above * 4.4) : 0) * rays * (0.5 - band * 0.1)
    }
    return [0.16 * green + 0.52 * violet, 0.86 * green + 0.16 * violet, 0.58 * green + 0.72 * violet]
  }
  const above = (x, y) => {
    const base = sky(y)
    const lit = light(x, y)
    const cell = [Math.floor(x * 90), Math.floor(y * 90)]
    const chance = hash(cell[0], cell[1])
    let star = 0
    if (chance > 0.985) {
      const [dx, dy] = [x * 90 - cell[0] - 0.5, y * 90 - cell[1] - 0.5]
      star = Math.exp(-(dx * dx + dy * dy) * 14) * smooth(0.985, 1, chance) * 0.9 * smooth(0.62, 0.3, y)
    }
    let colour = base.map((value, i) => 1 - (1 - value) * Math.exp(-lit[i] * 1.7) + star)
    const layers = [[3.1, 0.3, 1.5, hex('#15324f')], [7.7, 0.2, 2.2, hex('#0c1f38')], [12.9, 0.1, 3, hex('#071326')]]
    for (const [seed, height, rough, tone] of layers) {
      const top = ridge(x, seed, height, rough)
      colour = blend(colour, blend(tone, hex('#2c6a7d'), 0.3 * smooth(top, 0.7, y)), smooth(top - pixel, top + pixel, y))
    }
    return colour
  }
  return (u, v) => {
    const x = u * aspect
    const shore = 0.7
    if (v < shore) return above(x, v)
    const depth = (v - shore) / (1 - shore)
    const ripple = 0.012 * depth * Math.sin(v * 160 + 3 * Math.sin(x * 9) + wave * 2)
    const mirrored = above(x + ripple, shore - (v - shore) * 1.65)
    return blend(mirrored, hex('#050c1c'), 0.3 + 0.4 * depth)
  }
}

/** Sand ridges fading into an evening sky. */
export function dunes({ aspect, pixel }) {
  const sky = ramp([[0, hex('#4a4e8c')], [0.25, hex('#a2679c')], [0.42, hex('#ee8f82')], [0.56, hex('#ffc48c')], [0.62, hex('#ffe0ae')]])
  const sun = [aspect * 0.64, 0.44]
  const near = hex('#4a2146')
  const far = hex('#f6a581')
  return (u, v) => {
    const x = u * aspect
    let colour = sky(v)
    const distance = Math.hypot(x - sun[0], v - sun[1])
    colour = blend(colour, hex('#ffe9bf'), 0.6 * Math.exp(-distance * 6))
    colour = blend(colour, hex('#fff6dc'), smooth(0.075 + pixel, 0.075 - pixel, distance))
    for (let layer = 0; layer < 6; layer++) {
      const depth = layer / 5
      // Sharp crests with one steep side: the fold of a wave, not its sine.
      const along = x * mix(1.5, 0.75, depth) + layer * 1.37 + 0.5 * noise(x * 1.3 + layer * 9, layer)
      const crestLine = (1 - Math.abs(2 * (along - Math.floor(along)) - 1)) ** 1.3
      const top = 0.56 + 0.34 * depth ** 1.2 - mix(0.05, 0.2, depth) * (crestLine - 0.3) - 0.02 * noise(x * 4 + layer * 5, 1)
      const inside = smooth(top - pixel, top + pixel, v)
      if (inside === 0) continue
      const below = v - top
      const crest = Math.exp(-below * mix(26, 12, depth))
      const body = blend(far, near, depth ** 0.8)
      const tone = blend(body, blend(body, hex('#ffd9a0'), 0.55), crest * mix(0.8, 0.5, depth) * Math.exp(-Math.abs(x - sun[0]) * 0.9))
      colour = blend(colour, blend(tone, hex('#2b1436'), 0.35 * depth * smooth(0, 0.5, below)), inside)
    }
    return colour
  }
}

/** Paper-cut hills and a pale moon: flat colours, so that the lossless file stays small. */
export function hills({ aspect, pixel }) {
  const layers = ['#bfe0da', '#93c6c3', '#65a6ab', '#3f8291', '#285f75', '#173f56', '#0d2a3d'].map(hex)
  const moon = [aspect * 0.3, 0.26]
  return (u, v) => {
    const x = u * aspect
    let colour = hex('#fdeed7')
    const distance = Math.hypot(x - moon[0], v - moon[1])
    for (const [radius, tone] of [[0.25, '#fbe3c4'], [0.17, '#f9d3ab'], [0.1, '#f4ab84']]) {
      colour = blend(colour, hex(tone), smooth(radius + pixel, radius - pixel, distance))
    }
    layers.forEach((tone, layer) => {
      const depth = layer / (layers.length - 1)
      const rough = mix(1.1, 2, 1 - depth)
      const top = 0.42 + 0.5 * depth - mix(0.22, 0.14, depth) * (layered(x * rough + layer * 7.9, layer * 2.3, 3) * 1.6 - 0.5)
      colour = blend(colour, tone, smooth(top - pixel, top + pixel, v))
    })
    return colour
  }
}

/** Folds of coloured silk: waves that bend each other. */
export function silk({ aspect, time }) {
  const colours = ramp([[0, hex('#17124f')], [0.22, hex('#4b2a92')], [0.42, hex('#b23f92')], [0.6, hex('#f4736f')], [0.78, hex('#ffb877')], [1, hex('#ffeccb')]])
  const wave = turn * time
  return (u, v) => {
    let [x, y] = [(u - 0.5) * aspect * 1.9 + 0.9, (v - 0.5) * 1.9 - 0.4]
    for (let i = 1; i <= 4; i++) {
      ;[x, y] = [
        x + (0.62 / i) * Math.sin(i * 1.45 * y + i * 0.9 + 0.35 * Math.sin(wave + i)),
        y + (0.5 / i) * Math.cos(i * 1.3 * x - i * 0.4 + 0.35 * Math.cos(wave - i)),
      ]
    }
    const fold = 0.5 + 0.5 * Math.sin(x * 1.35 + y * 1.1 + 0.6)
    const sheen = 0.5 + 0.5 * Math.sin(x * 5.2 - y * 4.1)
    const base = blend(colours(fold ** 1.7), hex('#8a2d78'), 0.14 * (1 - sheen))
    return blend(base, hex('#fff1dc'), 0.14 * sheen ** 5)
  }
}
