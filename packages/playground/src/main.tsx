import './playground.css'
import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { applyTheme } from './theme.ts'

const client = createKieClient({ baseUrl: '/api/kie' })
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

applyTheme()
createRoot(root).render(
  <StrictMode>
    <KieProvider client={client}>
      <App />
    </KieProvider>
  </StrictMode>,
)
