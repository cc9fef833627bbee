// The sounds: plucked notes over soft chords, as 32-bit float samples.

const hertz = (note) => 440 * 2 ** ((note - 69) / 12)
const chords = [
  [[57, 60, 64, 69], [53, 57, 60, 65], [48, 55, 60, 64], [55, 59, 62, 67]],
  [[50, 57, 62, 66], [47, 54, 59, 62], [43, 50, 55, 59], [45, 52, 57, 61]],
]

/** `seconds` of a quiet chord that begins and ends in silence. */
export function pad(seconds, rate) {
  return samples(seconds, rate, (t) => {
    const edge = Math.min(1, t / 0.6, (seconds - t) / 0.6)
    return 0.05 * edge * chords[0][2].reduce((sum, note) => sum + Math.sin(2 * Math.PI * hertz(note) * t) * (1 + 0.3 * Math.sin(t * 3 + note)), 0)
  })
}

/** `seconds` of a small piece: one chord and one arpeggio after the other. */
export function melody(piece, seconds, rate) {
  const progression = chords[piece]
  const bar = seconds / progression.length
  const beat = bar / 6
  return samples(seconds, rate, (t) => {
    const chord = progression[Math.min(progression.length - 1, Math.floor(t / bar))]
    const edge = Math.min(1, t / 0.05, (seconds - t) / 0.8)
    const swell = Math.min(1, (t % bar) / 0.2, (bar - (t % bar)) / 0.2)
    let value = 0.035 * swell * chord.reduce((sum, note) => sum + Math.sin(2 * Math.PI * hertz(note) * t), 0)
    for (let back = 0; back < 5; back++) {
      const index = Math.floor(t / beat) - back
      if (index < 0) continue
      const then = progression[Math.min(progression.length - 1, Math.floor((index * beat + 1e-6) / bar))]
      const note = then[[0, 2, 1, 3, 2, 1][index % 6]] + 12
      const since = t - index * beat
      const tone = Math.sin(2 * Math.PI * hertz(note) * t) + 0.25 * Math.sin(4 * Math.PI * hertz(note) * t)
      value += 0.16 * Math.exp(-since * 4.5) * Math.min(1, since / 0.006) * tone
    }
    return value * edge
  })
}

function samples(seconds, rate, wave) {
  return Buffer.from(Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => wave(i / rate)).buffer)
}
