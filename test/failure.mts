import { inspect } from 'node:util';

export interface Failed {
	message: string;
	description: string;
	itemIndex?: number;
	/** Everything that hangs on the error, to look for what must not be there. */
	whole: string;
}

/** The error that something ends with, to look at its texts. */
export async function failureOf(run: Promise<unknown>): Promise<Failed> {
	try {
		await run;
	} catch (error) {
		const { message, description, context } = error as Error & {
			description?: string;
			context?: { itemIndex?: number };
		};
		const seen = inspect(error, { depth: 12, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });
		const whole = `${JSON.stringify(error)} ${seen}`;
		return { message, description: description ?? '', itemIndex: context?.itemIndex, whole };
	}
	throw new Error('It succeeded');
}
