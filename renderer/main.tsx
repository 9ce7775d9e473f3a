import '@mantine/core/styles.css';
import './ui/fonts.ts';
import './ui/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppError } from '../main/domain/errors.ts';
import { createApi } from './api.ts';
import { App } from './app.tsx';
import { transportOver } from './transport.ts';

const root = document.querySelector('#root');
if (root === null || window.keyward === undefined) throw new AppError('internal', 'The window was opened without its bridge.');

createRoot(root).render(
  <StrictMode>
    <App api={createApi(transportOver(window.keyward))} />
  </StrictMode>,
);
