import { onlineManager } from '@tanstack/react-query'
import { act } from '@testing-library/react'
import { vi } from 'vitest'

let visibility: DocumentVisibilityState = 'visible'

/** Hides or shows the tab, as a browser would tell it. */
export function setVisible(isVisible: boolean): void {
  visibility = isVisible ? 'visible' : 'hidden'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  act(() => {
    window.dispatchEvent(new Event('visibilitychange'))
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

/** Takes the network away, or gives it back. */
export function setOnline(isOnline: boolean): void {
  act(() => {
    window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
  })
}

/** For after each test: the managers of TanStack Query are global. */
export function resetBrowser(): void {
  visibility = 'visible'
  onlineManager.setOnline(true)
}
