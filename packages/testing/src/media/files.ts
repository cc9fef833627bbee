interface EmbeddedFile {
  type: string
  load: () => Promise<{ default: string }>
}

function embedded(type: string, load: EmbeddedFile['load']): EmbeddedFile {
  return { type, load }
}

/** Written by media/embed.mjs: every file that the fake serves, each loaded when it is first asked for. */
export const mediaFiles = {
  'aurora-16x9.mp4': embedded('video/mp4', () => import('./aurora-16x9-mp4.ts')),
  'aurora-16x9.webm': embedded('video/webm', () => import('./aurora-16x9-webm.ts')),
  'aurora-16x9.webp': embedded('image/webp', () => import('./aurora-16x9-webp.ts')),
  'aurora-1x1.webp': embedded('image/webp', () => import('./aurora-1x1-webp.ts')),
  'aurora-3x4.webp': embedded('image/webp', () => import('./aurora-3x4-webp.ts')),
  'aurora-4x3.webp': embedded('image/webp', () => import('./aurora-4x3-webp.ts')),
  'aurora-9x16.webp': embedded('image/webp', () => import('./aurora-9x16-webp.ts')),
  'dunes-16x9.jpg': embedded('image/jpeg', () => import('./dunes-16x9-jpg.ts')),
  'dunes-1x1.jpg': embedded('image/jpeg', () => import('./dunes-1x1-jpg.ts')),
  'dunes-3x4.jpg': embedded('image/jpeg', () => import('./dunes-3x4-jpg.ts')),
  'dunes-4x3.jpg': embedded('image/jpeg', () => import('./dunes-4x3-jpg.ts')),
  'dunes-9x16.jpg': embedded('image/jpeg', () => import('./dunes-9x16-jpg.ts')),
  'evening.mp3': embedded('audio/mpeg', () => import('./evening-mp3.ts')),
  'hills-16x9.png': embedded('image/png', () => import('./hills-16x9-png.ts')),
  'hills-1x1.png': embedded('image/png', () => import('./hills-1x1-png.ts')),
  'hills-3x4.png': embedded('image/png', () => import('./hills-3x4-png.ts')),
  'hills-4x3.png': embedded('image/png', () => import('./hills-4x3-png.ts')),
  'hills-9x16.png': embedded('image/png', () => import('./hills-9x16-png.ts')),
  'morning.mp3': embedded('audio/mpeg', () => import('./morning-mp3.ts')),
  'notes.mid': embedded('audio/midi', () => import('./notes-mid.ts')),
  'silk-16x9.webp': embedded('image/webp', () => import('./silk-16x9-webp.ts')),
  'silk-1x1.mp4': embedded('video/mp4', () => import('./silk-1x1-mp4.ts')),
  'silk-1x1.webp': embedded('image/webp', () => import('./silk-1x1-webp.ts')),
  'silk-3x4.webp': embedded('image/webp', () => import('./silk-3x4-webp.ts')),
  'silk-4x3.webp': embedded('image/webp', () => import('./silk-4x3-webp.ts')),
  'silk-9x16.mp4': embedded('video/mp4', () => import('./silk-9x16-mp4.ts')),
  'silk-9x16.webp': embedded('image/webp', () => import('./silk-9x16-webp.ts')),
  'unplayable-16x9.mp4': embedded('video/mp4', () => import('./unplayable-16x9-mp4.ts')),
}
