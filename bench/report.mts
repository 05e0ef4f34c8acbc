import type { Figures } from './figures.mts';
export const publish = (figures: Figures): string => JSON.stringify(figures);
