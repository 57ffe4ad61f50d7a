// SPDX-License-Identifier: GPL-3.0-or-later
#include "measurement.h"

#include <cstdarg>
#include <cstdio>

namespace pushdeck::bench {

namespace {

/// printf into a string.
[[gnu::format(printf, 1, 2)]] std::string format(const char *text, ...)
{
    char line[512];
    va_list values;
    va_start(values, text);
    std::vsnprintf(line, sizeof(line), text, values);
    va_end(values);
    return line;
}

double per(double sum, double count)
{
    return count > 0 ? sum / count : 0;
}

/// The figures that both forms tell.
struct Figures
{
    Figures(const Options &options, const Report &report)
    {
        const auto clients = static_cast<double>(options.subscribers);
        const auto deliveries = static_cast<double>(report.deliveries);
        const auto seconds = [](std::int64_t ns) { return static_cast<double>(ns) / 1e9; };
        const auto micros = [](std::int64_t ns) { return static_cast<double>(ns) / 1e3; };
        connectSeconds = seconds(report.connectNs);
        connectsPerSecond = per(clients, connectSeconds);
        cpuPerConnect = per(micros(report.connectCpuNs), clients);
        memoryPerConnect = per(
            static_cast<double>(report.residentConnected - report.residentBefore) / 1024, clients);
        idlePercent =
            per(100 * static_cast<double>(report.idleCpuNs), static_cast<double>(report.idleNs));
        publishSeconds = seconds(report.publishNs);
        deliveriesPerSecond = per(deliveries, publishSeconds);
        cpuPerDelivery = per(micros(report.publishCpuNs), deliveries);
        serverPercent = per(100 * seconds(report.publishCpuNs), publishSeconds);
        benchPercent = per(100 * seconds(report.benchCpuNs), publishSeconds);
    }

    double connectSeconds;
    double connectsPerSecond;
    double cpuPerConnect;    ///< µs
    double memoryPerConnect; ///< kB
    double idlePercent;
    double publishSeconds;
    double deliveriesPerSecond;
    double cpuPerDelivery; ///< µs
    double serverPercent;
    double benchPercent;
};

std::string paceOf(const Options &options)
{
    return options.rate > 0 ? format("%g a second", options.rate)
                            : format("window %zu", options.window);
}

double megabytes(std::int64_t bytes)
{
    return static_cast<double>(bytes) / (1024 * 1024);
}

double millis(std::int64_t ns)
{
    return static_cast<double>(ns) / 1e6;
}

} // namespace

std::string asText(const Options &options, const Report &report)
{
    const Figures figures(options, report);
    std::string text = format("%zu clients by %s, %zu messages of %zu bytes by %s, %s\n",
                              options.subscribers, nameOf(options.transport), options.messages,
                              options.bytes, nameOf(options.publishBy), paceOf(options).c_str());
    text += format("  connecting    %.3f s, %.0f a second", figures.connectSeconds,
                   figures.connectsPerSecond);
    if (report.serverKnown) {
        text += format(", %.1f us server CPU each\n", figures.cpuPerConnect);
        text += format(
            "  memory        %.1f kB per connection (resident: %.1f MB before, %.1f "
            "connected, %.1f after)\n",
            figures.memoryPerConnect, megabytes(report.residentBefore),
            megabytes(report.residentConnected), megabytes(report.residentAfter));
        text += format("  idle          %.2f %% server CPU over %.1f s", figures.idlePercent,
                       static_cast<double>(report.idleNs) / 1e9);
    }
    text += format("\n  deliveries    %llu in %.3f s, %.0f a second, each once and in order\n",
                   static_cast<unsigned long long>(report.deliveries), figures.publishSeconds,
                   figures.deliveriesPerSecond);
    if (report.serverKnown) {
        text += format("  server CPU    %.2f us per delivery (%.0f %% of a CPU%s)\n",
                       figures.cpuPerDelivery, figures.serverPercent,
                       report.fineClock ? "" : "; counted in ticks");
    }
    text += format("  bench CPU     %.0f %% of a CPU\n", figures.benchPercent);
    text += format("  latency       p50 %.3f ms, p99 %.3f ms, max %.3f ms\n",
                   millis(report.latencyP50Ns), millis(report.latencyP99Ns),
                   millis(report.latencyMaxNs));
    return text;
}

std::string asJson(const Options &options, const Report &report)
{
    const Figures figures(options, report);
    std::string json =
        format(R"({"transport":"%s","publish":"%s","subs":%zu,"messages":%zu,"size":%zu,)",
               nameOf(options.transport), nameOf(options.publishBy), options.subscribers,
               options.messages, options.bytes);
    json += options.rate > 0 ? format(R"("window":null,"rate":%g,)", options.rate)
                             : format(R"("window":%zu,"rate":null,)", options.window);
    json += format(R"("connect_s":%.6f,"connections_per_s":%.1f,)", figures.connectSeconds,
                   figures.connectsPerSecond);
    json += format(R"("deliveries":%llu,"publish_s":%.6f,"deliveries_per_s":%.1f,)",
                   static_cast<unsigned long long>(report.deliveries), figures.publishSeconds,
                   figures.deliveriesPerSecond);
    if (report.serverKnown) {
        json += format(R"("cpu_us_per_connection":%.3f,"rss_kb_per_connection":%.2f,)",
                       figures.cpuPerConnect, figures.memoryPerConnect);
        json += format(R"("rss_mb_before":%.2f,"rss_mb_connected":%.2f,"rss_mb_after":%.2f,)",
                       megabytes(report.residentBefore), megabytes(report.residentConnected),
                       megabytes(report.residentAfter));
        json += format(R"("idle_cpu_percent":%.3f,"cpu_us_per_delivery":%.4f,)",
                       figures.idlePercent, figures.cpuPerDelivery);
        json += format(R"("server_cpu_percent":%.1f,)", figures.serverPercent);
    }
    json += format(R"("bench_cpu_percent":%.1f,)", figures.benchPercent);
    json +=
        format(R"("latency_ms":{"p50":%.4f,"p99":%.4f,"max":%.4f}})", millis(report.latencyP50Ns),
               millis(report.latencyP99Ns), millis(report.latencyMaxNs));
    return json + '\n';
}

} // namespace pushdeck::bench
