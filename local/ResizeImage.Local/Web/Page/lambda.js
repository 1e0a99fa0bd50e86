// The figures of docs/operations.md, "Size and cost", of us-east-1 and x86_64; a test compares them. Durations are the means
// of ten JPEG photos of 4 to 16 megapixels with Native AOT. bench/lambda.sh measured them, with Lambda's share of a processor
// and S3's times simulated.
const pricePerGbSecond = 0.0000166667;
const pricePerRequest = 0.2e-6;

/** The mean of those photos, in bytes. */
export const benchBytes = 3.2e6;

/** What S3's requests take of each invocation, whatever the photo: GET 20 ms, PUT 30 ms, HEAD 12 ms. */
const requestMilliseconds = 62;

/** Milliseconds by memory in MB: of a warm invocation, and what init and the first connections add (docs/performance.md). */
export const bench = [
  { memory: 128, warm: 452, cold: 223 },
  { memory: 256, warm: 223, cold: 113 },
  { memory: 512, warm: 147, cold: 140 },
  { memory: 1024, warm: 117, cold: 93 },
  { memory: 1769, warm: 114, cold: 90 },
];

/** The row of the bench with the most memory that is not above this. */
export const rowFor = (memory) => bench.findLast((row) => row.memory <= memory) ?? bench[0];

/**
 * What a JPEG photo of so many bytes takes on Lambda, in milliseconds: S3's requests take what they take, the download and
 * the decoding grow with the bytes.
 */
export function estimate(bytes, { warm, cold }, isCold) {
  const work = requestMilliseconds + ((warm - requestMilliseconds) * (bytes / benchBytes));
  return { init: isCold ? cold : 0, work, billed: Math.ceil(work + (isCold ? cold : 0)) };
}

/** Dollars for a million invocations that are billed so many milliseconds. */
export const costOfMillion = (billed, memory) => 1e6 * (((billed / 1000) * (memory / 1024) * pricePerGbSecond) + pricePerRequest);

const dollarFormat = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', minimumFractionDigits: 2 });

/** $1.43. */
export const dollars = (amount) => dollarFormat.format(amount);
