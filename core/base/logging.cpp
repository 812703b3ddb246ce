#include "core/base/logging.h"

Q_LOGGING_CATEGORY(lcDelivery, "hookbench.delivery", QtWarningMsg)
Q_LOGGING_CATEGORY(lcHttp, "hookbench.http", QtWarningMsg)
Q_LOGGING_CATEGORY(lcJournal, "hookbench.journal", QtWarningMsg)
Q_LOGGING_CATEGORY(lcLiquid, "hookbench.liquid", QtWarningMsg)
Q_LOGGING_CATEGORY(lcPipeline, "hookbench.pipeline", QtWarningMsg)
Q_LOGGING_CATEGORY(lcStorage, "hookbench.storage", QtWarningMsg)
