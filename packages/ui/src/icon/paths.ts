// The kit's icons, drawn on a grid of 24 with round ends. One name each, so that bundlers drop what is not shown.
export const dash = 'M9 4.6a8 8 0 0 1 6 0M19.4 9a8 8 0 0 1 0 6M15 19.4a8 8 0 0 1-6 0M4.6 15a8 8 0 0 1 0-6'
export const clock = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 8v4.2l2.8 1.7'
export const queue = 'M4 6.5h16M4 12h11M4 17.5h7'
export const spinner = 'M12 3.5a8.5 8.5 0 1 1-8.2 6.3'
export const check = 'm5 12.8 4.6 4.4L19 7.5'
export const cross = 'm6.5 6.5 11 11m0-11-11 11'
export const hourglass =
  'M6.5 3.5h11m-11 17h11M8 3.5c0 4 1.6 6 4 8.5 2.4-2.5 4-4.5 4-8.5M8 20.5c0-4 1.6-6 4-8.5 2.4 2.5 4 4.5 4 8.5'
export const alert =
  'M12 8v4.8M12 16.5v.01M10.3 4.5 2.9 17.3a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.5a2 2 0 0 0-3.4 0Z'
export const broken = 'M20 13V6a2 2 0 0 0-2-2H9M4 8v10a2 2 0 0 0 2 2h12M3 3l18 18m-17-3.5 5-5 4 4'
export const retry = 'M20 12a8 8 0 1 1-2.6-5.9L20 8.5M20 4v4.5h-4.5'
export const open = 'M14 4h6v6m0-6-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4'
export const copy =
  'M9.5 8h9A1.5 1.5 0 0 1 20 9.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 8 18.5v-9A1.5 1.5 0 0 1 9.5 8ZM4.5 16A1.5 1.5 0 0 1 4 14.5v-9A1.5 1.5 0 0 1 5.5 4h9a1.5 1.5 0 0 1 1.5.5'
export const file = 'M14 3.5H7a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-10l-5-5Zm0 0v5h5'
export const music = 'M9 18V6l11-2v12M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0Zm11-2a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z'
export const coins =
  'M9 4a5.5 5.5 0 1 0 0 11A5.5 5.5 0 0 0 9 4ZM17.6 9.7a5.5 5.5 0 1 1-7.3 7.2M7.9 7.6h1.4v3.8m7.3 1.8.9 1.2-2.8 2.6'
export const play = 'M8 5.2v13.6L19 12 8 5.2Z'
export const picture =
  'M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm3 3.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM20 15l-4-4L6 20'
export const lines = 'M5 6.5h14M5 12h14M5 17.5h8'
export const save = 'M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M4.5 19.5h15'
export const link = 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1'
