"""The engine as a filter on the partitions of Apache Spark, on a local cluster of two executors.

    spark.py DIXIAN HOUSEHOLDS.parquet ANSWERS FOLDER

DIXIAN is the binary, HOUSEHOLDS.parquet a table as `cargo bench -p dixian-bulk --bench tables -- 1000000 --write` makes it,
ANSWERS where the answers go, FOLDER where each partition leaves its receipt. Needs pyspark and pyarrow. See docs/scale.md.
"""

import os
import subprocess
import sys
import threading

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import SparkSession
from pyspark.sql.functions import monotonically_increasing_id

dixian, households, answers, receipts = sys.argv[1:]
MONTH, PROGRAMME = "2021-09", "dibao"
os.makedirs(receipts, exist_ok=True)


def decide(batches):
    """One partition: batches into the engine's standard input, answers from its standard output."""
    receipt = os.path.join(receipts, f"{TaskContext.get().partitionId()}.json")
    command = [dixian, "policy", "run", "--input", "-", "--output", "-", "--month", MONTH]
    command += ["--programme", PROGRAMME, "--threads", "1", "--receipt", receipt]
    first = next(batches, None)
    if first is None:
        return
    engine = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        with pa.ipc.new_stream(engine.stdin, first.schema) as stream:
            stream.write_batch(first)
            for batch in batches:
                stream.write_batch(batch)
        engine.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    for batch in pa.ipc.open_stream(engine.stdout):
        # Spark takes plain texts, not dictionaries
        columns = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in batch.columns]
        yield pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
    feeder.join()
    if engine.wait() != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {engine.returncode}")


spark = SparkSession.builder.master("local-cluster[2,1,1024]").appName("dixian").getOrCreate()
table = spark.read.parquet(households)
# a household stays whole: its rows are in one partition, one behind the other, in the order they had
table = table.withColumn("序", monotonically_increasing_id())
table = table.repartition(8, "户").sortWithinPartitions("户", "序").drop("序")
schema = "`户` long, `成员` int, `项目` string, `月` string, `结果` string, `金额` long, `理由` string, `保障人口` int"
table.mapInArrow(decide, schema).write.mode("overwrite").parquet(answers)

found = spark.read.parquet(answers)
found.groupBy("结果").agg({"户": "count", "金额": "sum"}).orderBy("结果").show()
print("executors:", spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1)
spark.stop()
