const { kie, push } = document.documentElement.dataset

/** What the server wrote into the page: whether the fake Kie answers, and whether changes are pushed. */
export const servedBy = { fake: kie === 'fake', push: push === 'on' }
