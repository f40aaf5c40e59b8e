import { defineConfig } from 'vite'
import { webApp } from '../../platform/ui/vite.ts'

export default defineConfig(webApp('backoffice', process.env.BACKOFFICE_URL))
