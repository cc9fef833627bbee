import { useSyncExternalStore } from 'react'

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')
const changed = 'kiekit:theme'
const storageKey = 'kiekit-theme'

/** The page's theme: the one chosen, else the system's. */
export function useTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, currentTheme)
}

export function toggleTheme(): void {
  localStorage.setItem(storageKey, currentTheme() === 'dark' ? 'light' : 'dark')
  window.dispatchEvent(new Event(changed))
}

export function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme()
}

function currentTheme(): 'light' | 'dark' {
  const chosen = localStorage.getItem(storageKey)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return systemIsDark.matches ? 'dark' : 'light'
}

function subscribe(notify: () => void): () => void {
  const update = () => {
    applyTheme()
    notify()
  }
  window.addEventListener(changed, update)
  systemIsDark.addEventListener('change', update)
  return () => {
    window.removeEventListener(changed, update)
    systemIsDark.removeEventListener('change', update)
  }
}
