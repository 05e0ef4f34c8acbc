import type { Organisation } from './accounts.mts';

/** How many pieces there are of a sku: made up, and changed by stock operations. */
export class Stock {
	private readonly changes = new Map<string, number>();

	/** Fields of skus that were changed, by organisation and sku. */
	private readonly values = new Map<string, Record<string, unknown>>();

	changedIn(organisation: Organisation, skuId: number): Record<string, unknown> {
		return this.values.get(keyOf(organisation, skuId)) ?? {};
	}

	changeSku(organisation: Organisation, skuId: number, values: Record<string, unknown>): void {
		this.values.set(keyOf(organisation, skuId), { ...this.changedIn(organisation, skuId), ...values });
	}

	of(organisation: Organisation, skuId: number): number {
		return ((skuId * 7 + organisation.id) % 47) + (this.changes.get(keyOf(organisation, skuId)) ?? 0);
	}

	change(organisation: Organisation, skuId: number, pieces: number): void {
		const key = keyOf(organisation, skuId);
		this.changes.set(key, (this.changes.get(key) ?? 0) + pieces);
	}
}

const keyOf = ({ id }: Organisation, skuId: number) => `${id} ${skuId}`;
