#pragma once
// What the scripts in scripts/ call in the program, and where they leave what they have to say. Lives in the thread of
// its engine. Private to core/mapping/liquid.
#include "core/mapping/liquid/event_reader.h"

#include <QJSValue>
#include <QObject>

#include <utility>
#include <vector>

class QJSEngine;

namespace hookbench::mapping {

class Natives : public QObject
{
    Q_OBJECT
public:
    struct Failure
    {
        bool parsing = false;
        QString text;
        qsizetype at = -1; ///< UTF-16 units from the start of the template, or -1
    };

    explicit Natives(QJSEngine &engine);

    /// What read() gives back when it cannot.
    QJSValue unread() const { return m_unread; }

    /// Forgets the last template.
    void begin(json::Value event);
    /// Forgets the event.
    void end() { m_reader = EventReader(); }
    std::optional<Failure> failure;
    std::optional<Error> refusal; ///< why an input was not handed out
    std::vector<std::pair<std::string, double>> counters;

    Q_INVOKABLE QJSValue read(const QString &path);
    Q_INVOKABLE QString member(const QString &name);
    Q_INVOKABLE QString eventUnlessObject();
    Q_INVOKABLE void count(const QString &name, double value);
    Q_INVOKABLE void fail(bool parsing, const QString &text, double at);

    Q_INVOKABLE QString upperCase(const QString &text) const;
    Q_INVOKABLE QString lowerCase(const QString &text) const;
    Q_INVOKABLE QString decodeUriComponent(const QString &text) const;
    Q_INVOKABLE QString dashed(const QString &text, const QString &alsoKept) const;
    Q_INVOKABLE double countPieces(const QString &text, const QString &separator) const;
    Q_INVOKABLE double countWords(const QString &text) const;
    Q_INVOKABLE QString replaceAll(const QString &text, const QString &from, const QString &to) const;
    Q_INVOKABLE double powerOfTen(double exponent) const;

    Q_INVOKABLE QString base64Encode(const QString &text) const;
    Q_INVOKABLE QString base64Decode(const QString &text) const;
    Q_INVOKABLE QString sha256(const QString &text) const;
    Q_INVOKABLE QString hmacSha256(const QString &text, const QString &key) const;

    Q_INVOKABLE double parseDate(const QString &text) const;
    Q_INVOKABLE QString dateOnly(double time) const;
    Q_INVOKABLE QString timeOnly(double time) const;
    Q_INVOKABLE QString dateAndTime(double time, const QString &zone) const;

private:
    QString handOut(Result<QString> text);

    QJSEngine &m_engine;
    QJSValue m_unread;
    EventReader m_reader;
};

} // namespace hookbench::mapping
