/** One line of the product, broken on purpose, and the tests that must notice. */
export interface Mutant {
	name: string;
	file: string;
	from: string;
	to: string;
	/** What jest runs: parts of paths under test/. */
	tests: string[];
}

const nodes = 'nodes/Uphance';

export const mutants: Mutant[] = [
	{
		name: 'a page never advances',
		file: `${nodes}/transport/pages.ts`,
		from: 'query: number === 1 ? query : { ...query, page: number },',
		to: 'query,',
		tests: ['contract/paging'],
	},
	{
		name: 'a fingerprint that does not match is ignored',
		file: `${nodes}/session/session.ts`,
		from: 'return session?.fingerprint === fingerprint ? session : undefined;',
		to: 'return fingerprint ? session : undefined;',
		tests: ['contract/signIn', 'pure/session'],
	},
	{
		name: 'a POST is repeated after a 503',
		file: `${nodes}/transport/repeat.ts`,
		from: 'if (!harmless && !notSent) return false;',
		to: 'if (!harmless && !notSent && status === undefined) return false;',
		tests: ['contract/createOrderFailures', 'pure/repeat'],
	},
	{
		name: 'the guard lets a switch in while requests are under way',
		file: `${nodes}/session/guard.ts`,
		from: 'if (!joins && guard.underWay > 0) return;',
		to: 'if (!joins && guard.underWay < 0) return;',
		tests: ['contract/organisation.', 'pure/guard'],
	},
	{
		name: 'a sign-in registers its own organisation whatever runs',
		file: `${nodes}/session/guard.ts`,
		from: 'await register(guard.organisation ?? own);',
		to: 'await register(own);',
		tests: ['contract/createOrderOrganisation', 'pure/guard'],
	},
	{
		name: 'Retry-After is ignored',
		file: `${nodes}/transport/repeat.ts`,
		from: 'if (retryAfter === undefined) return undefined;',
		to: 'if (retryAfter !== null) return undefined;',
		tests: ['pure/repeat', 'contract/repeats'],
	},
	{
		name: 'Limit returns one more',
		file: `${nodes}/operation/getMany.ts`,
		from: 'taken === most',
		to: 'taken === most + 1',
		tests: ['contract/paging'],
	},
	{
		name: 'items are not linked to their input',
		file: `${nodes}/operation/runItems.ts`,
		from: 'output.push({ json, pairedItem });',
		to: 'output.push({ json });',
		tests: ['contract/itemLoop'],
	},
	{
		name: 'a failed write leaves its error in the item, so that Retry On Fail runs all items again',
		file: `${nodes}/operation/runItems.ts`,
		from: 'operation.writes',
		to: '!operation',
		tests: ['contract/createOrderFailures'],
	},
	{
		name: 'blank values are sent',
		file: `${nodes}/operation/bodyFields.ts`,
		from: "if (value !== '') body[field.name] = value;",
		to: 'body[field.name] = value;',
		tests: ['contract/createOrder.test'],
	},
	{
		name: 'the singular envelope is taken for granted',
		file: `${nodes}/transport/recordsIn.ts`,
		from: '[member(answer, key), member(answer, listKey), answer]',
		to: '[member(answer, key), listKey === key && answer]',
		tests: ['contract/getOrder'],
	},
	{
		name: 'a date is cut before it is converted to the timezone of the workflow',
		file: `${nodes}/operation/calendarDay.ts`,
		from: 'momentOf(value, timezone)?.setZone(timezone).toISODate();',
		to: 'momentOf(value, timezone)?.toISODate();',
		tests: ['contract/createOrderDates', 'pure/calendarDay'],
	},
	{
		name: "another customer's order with the same ref is returned",
		file: `${nodes}/resources/order/create.ts`,
		from: 'if (String(order.company_id) === customerId) return order;',
		to: 'if (String(order.company_id) !== "") return order;',
		tests: ['contract/createOrderOnce'],
	},
	{
		name: 'creations of the same order do not queue',
		file: `${nodes}/transport/queue.ts`,
		from: 'await unlessAborted(before, signal);',
		to: 'await unlessAborted(Promise.resolve(), signal);',
		tests: ['pure/queue'],
	},
	{
		name: 'an order whose outcome is unknown is not looked for again',
		file: `${nodes}/operation/createOnce.ts`,
		from: 'if (error instanceof OutcomeUnknown) return error;',
		to: 'if (error === OutcomeUnknown) throw error;',
		tests: ['contract/createOrderOnce'],
	},
	{
		name: 'Retry On Fail is not refused',
		file: `${nodes}/operation/unsafeRetry.ts`,
		from: 'if (!known) return;',
		to: 'if (known !== undefined) return;',
		tests: ['contract/createOrderFailures'],
	},
	{
		name: 'a filter that the server ignores yields the first order of all',
		file: `${nodes}/operation/find.ts`,
		from: "if (String(record[field] ?? '').trim() === value) yield record;",
		to: "if (String(record[field] ?? '').trim() !== '') yield record;",
		tests: ['contract/getOrder'],
	},
	{
		name: "the credential's organisation is not registered again at the end",
		file: `${nodes}/transport/connection.ts`,
		from: 'if (account.stays) return;',
		to: 'if (account.stays !== undefined) return;',
		tests: ['contract/organisation.'],
	},
	{
		name: 'a secret that Uphance repeats reaches the error',
		file: `${nodes}/transport/uphanceError.ts`,
		from: "left.replaceAll(secret, '***')",
		to: 'left',
		tests: ['contract/revoke'],
	},
	{
		name: 'a cancelled request gives its turn back while it may still be under way',
		file: `${nodes}/transport/send.ts`,
		from: 'if (leave && mayGoOn)',
		to: 'if (leave && mayGoOn === "never")',
		tests: ['contract/cancelledWhileWriting'],
	},
	{
		name: 'an answer that says no is a created order',
		file: `${nodes}/operation/createOnce.ts`,
		from: '!isRefusal(answer, kind)',
		to: 'kind',
		tests: ['contract/createOrderAnswers'],
	},
	{
		name: 'a stock operation in a loop has one key for all turns',
		file: `${nodes}/resources/stockOperation/idempotencyKey.ts`,
		from: "context.evaluateExpression('{{ $runIndex }}', item)",
		to: '0',
		tests: ['contract/stockOperation'],
	},
	{
		name: 'sizes with quantity 0 become rows',
		file: `${nodes}/operation/documentRows.ts`,
		from: '.filter(({ quantity }) => Boolean(amount(quantity)))',
		to: '.filter(Boolean)',
		tests: ['contract/itemPer'],
	},
	{
		name: 'a page of the range is left out',
		file: `${nodes}/transport/pagesCreated.ts`,
		from: 'newest < created.after',
		to: 'oldest < created.after',
		tests: ['contract/createdBetween'],
	},
	{
		name: 'a list that is not in the order of creation is believed',
		file: `${nodes}/transport/pagesCreated.ts`,
		from: 'one.oldest <= other.oldest && one.newest <= other.newest',
		to: 'one !== undefined && other !== undefined',
		tests: ['contract/createdBetween'],
	},
	{
		name: 'the first of two SKUs with one number is taken',
		file: `${nodes}/resources/sku/identified.ts`,
		from: 'if (others.length > 0)',
		to: 'if (others.length > 99)',
		tests: ['contract/skuBy'],
	},
	{
		name: 'a list that must be read whole is read for every item',
		file: `${nodes}/transport/oncePerExecution.ts`,
		from: 'ofExecution.get(organisation.id) ?? read(uphance)',
		to: 'read(uphance)',
		tests: ['contract/findCustomer'],
	},
	{
		name: 'a default of the customer wins over what was filled in',
		file: `${nodes}/resources/order/customerDefaults.ts`,
		from: '!filled.some((values) => name in values)',
		to: 'filled.length > 0',
		tests: ['contract/customerDefaults'],
	},
];
