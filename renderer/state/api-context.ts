import { createContext, useContext } from 'react';
import type { Api } from '../api.ts';
import { AppError } from '../../main/domain/errors.ts';

export const ApiContext = createContext<Api | null>(null);

/** The way to the core, inside the window's provider. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === null) throw new AppError('internal', 'This part of the window stands outside its provider.');
  return api;
}
