import { createContext, useContext } from 'react';

/** Whether what is inside may be reached by Tab. In a long list only the row that has the focus lets Tab in. */
export const TabStopContext = createContext(true);

export const useTabIndex = (): 0 | -1 => (useContext(TabStopContext) ? 0 : -1);
