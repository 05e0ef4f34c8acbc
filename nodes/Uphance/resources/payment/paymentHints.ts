import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { capitalize } from '../../http/text';
import { contradictions, isSameAmount } from '../../operations/contradictions';
import { showHintOnce } from '../../output/output';
import { isSameCode } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { returnExisting } from './createFields';
import { paymentLookup } from './payment';

/**
 * Shows what a user should know about a payment, once in an execution for each kind: that it already existed with another
 * date or invoice, that Uphance made something else of it than was sent, or that Uphance did not say its ID.
 *
 * @param body that was sent, or would have been sent if the payment had not existed
 */
export async function showPaymentHints(
	context: IExecuteFunctions,
	client: UphanceClient,
	body: IDataObject,
	payment: IDataObject,
): Promise<void> {
	const show = async (key: string, message: string) => await showHintOnce(context, client, `hint: ${key}`, message);
	if (payment.id === null) {
		const again = payment.alreadyExisted === false ? ', because the node did not find it' : '';
		return await show(
			'payment without ID',
			`Uphance created a payment but did not return it, so its ID is unknown. Look for it in sales order ${String(body.sale_id)} in Uphance before you run this again${again}.`,
		);
	}
	const name = capitalize(paymentLookup.describe(payment));
	const isExisting = payment.alreadyExisted === true;
	const found = (isExisting ? differencesIfExisting : differencesIfCreated)(body, payment).join(' and ');
	if (found === '') return;
	if (isExisting) {
		await show(
			'payment exists',
			`${name} already existed, with ${found}. The node did not create another one. If it is another payment, such as the next instalment, give it another 'Reference'. The same may be so for other items with "alreadyExisted" true.`,
		);
	} else {
		await show(
			'other payment',
			`${name} was created, but Uphance answered with ${found}. Check it in Uphance, and the other payments of this run.`,
		);
	}
}

const differencesIfExisting = (body: IDataObject, payment: IDataObject): string[] =>
	contradictions([
		{ label: 'date', sent: body.date, answered: payment.date, isSame: isSameDay },
		{ label: 'invoice ID', sent: body.invoice_id, answered: payment.invoice_id, isSame: isSameCode },
	]);

const differencesIfCreated = (body: IDataObject, payment: IDataObject): string[] =>
	contradictions([
		{ label: 'amount', sent: body.amount, answered: payment.amount, isSame: isSameAmount },
		{ label: 'reference', sent: body.reference, answered: payment.reference, isSame: isSameCode },
		{ label: 'sales order ID', sent: body.sale_id, answered: payment.sale_id, isSame: isSameCode },
		{ label: 'invoice ID', sent: body.invoice_id, answered: payment.invoice_id, isSame: isSameCode },
		{ label: 'customer ID', sent: body.company_id, answered: payment.company_id, isSame: isSameCode },
	]);

/** Uphance sends a day as midnight in some timezone, so that it may be less than a day away. */
const isSameDay = (sent: unknown, answered: unknown): boolean =>
	String(sent).slice(0, 10) === String(answered).slice(0, 10) ||
	!(Math.abs(Date.parse(String(sent)) - Date.parse(String(answered))) >= 86_400_000);

/** Shows a hint, once in an execution, if an earlier item was the same payment. */
export async function hintIfSamePayment(
	context: IExecuteFunctions,
	client: UphanceClient,
	item: number,
	body: IDataObject,
	shouldReturnExisting: boolean,
): Promise<void> {
	const seen = await client.cachedForExecution(
		'items by payment',
		async () => await Promise.resolve(new Map<string, number>()),
	);
	const { sale_id, reference, amount } = body;
	const same = shouldReturnExisting ? { sale_id, reference, amount } : body;
	const key = JSON.stringify([client.organisation.id, same]);
	const earlier = seen.get(key);
	if (earlier === undefined) {
		seen.set(key, item);
		return;
	}
	const start = `Input items ${earlier + 1} and ${item + 1} have`;
	const message = shouldReturnExisting
		? `${start} the same sales order, reference and amount, so they are one payment. If they are two, give each its own 'Reference'.`
		: `${start} the same sales order, amount and other fields. The node creates a payment for each of them. To create it only once, fill in 'Reference' and turn on '${returnExisting.displayName}'.`;
	await showHintOnce(context, client, 'hint: same payment', message);
}
