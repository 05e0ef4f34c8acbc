import type { Organisation } from './accounts.mts';

/** The stock of each SKU: a generated quantity plus the stock operations since the start. */
export class Stock {
	private readonly adjustments = new Map<string, number>();

	/** Changed fields of SKUs, by organisation and SKU. */
	private readonly skuValues = new Map<string, Record<string, unknown>>();

	getSkuValues(organisation: Organisation, skuId: number): Record<string, unknown> {
		return this.skuValues.get(toKey(organisation, skuId)) ?? {};
	}

	updateSku(organisation: Organisation, skuId: number, values: Record<string, unknown>): void {
		this.skuValues.set(toKey(organisation, skuId), { ...this.getSkuValues(organisation, skuId), ...values });
	}

	getQuantity(organisation: Organisation, skuId: number): number {
		return ((skuId * 7 + organisation.id) % 47) + (this.adjustments.get(toKey(organisation, skuId)) ?? 0);
	}

	adjust(organisation: Organisation, skuId: number, pieces: number): void {
		const key = toKey(organisation, skuId);
		this.adjustments.set(key, (this.adjustments.get(key) ?? 0) + pieces);
	}
}

const toKey = ({ id }: Organisation, skuId: number) => `${id} ${skuId}`;
