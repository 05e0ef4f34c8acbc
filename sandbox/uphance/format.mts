import type { Switches } from './switches.mts';

/** As Ruby prints a BigDecimal: "54.0", "56.76" (uphance-api.md 3.3). */
export const decimal = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

export const money = (cents: number) => decimal(cents / 100);

export const timestamp = (milliseconds: number, { timestamps }: Switches) =>
	new Date(milliseconds).toISOString().replace('Z', timestamps);

export const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
