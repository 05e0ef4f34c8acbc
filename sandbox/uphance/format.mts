import type { Switches } from './switches.mts';

/**
 * Formats a number as Uphance does, with at least one decimal: "54.0", "56.76" (schema `Decimal` in
 * `docs/uphance.openapi.yaml`).
 */
export const formatDecimal = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

/** Formats an amount of cents. */
export const formatMoney = (cents: number) => formatDecimal(cents / 100);

/** Formats Unix milliseconds as ISO 8601, with the ending that the switch `timestamps` sets. */
export function formatTimestamp(milliseconds: number, { timestamps }: Switches): string {
	const timestamp = new Date(milliseconds).toISOString();
	return timestamps === 'Z' ? timestamp : timestamp.replace('Z', timestamps);
}

/** Formats Unix milliseconds as YYYY-MM-DD. */
export const formatDate = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
